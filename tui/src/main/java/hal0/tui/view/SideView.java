package hal0.tui.view;

import hal0.tui.state.Board;
import hal0.tui.state.Board.Line;
import hal0.tui.terminal.Canvas;
import hal0.tui.text.Cells;
import hal0.tui.text.Span;
import java.util.ArrayList;
import java.util.List;

/// What is told of the chosen row, right of the rows where there is room for both. **Units** cells.
record SideView(int left, int width) {
    private static final int SMALLEST = 84;

    /// Without room, `width` is 0.
    static SideView of(Board board, int width) {
        if (!board.place().kind().sided() || width < SMALLEST) {
            return new SideView(width, 0);
        }
        int left = width * 11 / 20;
        return new SideView(left, width - left - 3);
    }

    /// Covers what the rows have drawn there.
    void draw(Canvas canvas, Panel panel, Board board, int first, int room, Theme theme) {
        if (width == 0 || board.side().isEmpty()) {
            return;
        }
        List<List<Span>> lines = new ArrayList<>();
        for (Line line : board.side()) {
            if (line instanceof Line.Words(var spans)) {
                lines.addAll(Words.hanging(spans, width));
            }
        }
        int from = Math.max(0, lines.size() - room);
        int x = panel.column() + 2 + left;
        for (int i = 0; i < room; i++) {
            int y = panel.row() + 1 + first + i;
            canvas.put(x, y, " " + "│" + Cells.pad("", width + 2), theme.border());
            if (from + i < lines.size()) {
                ScreenView.line(canvas, x + 3, y, lines.get(from + i), theme);
            }
        }
    }
}
