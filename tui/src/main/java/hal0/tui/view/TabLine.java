package hal0.tui.view;

import hal0.tui.state.Board;
import hal0.tui.state.Place;
import hal0.tui.terminal.Canvas;
import hal0.tui.terminal.Style;
import hal0.tui.text.Cells;
import hal0.tui.text.Ink;
import java.util.ArrayList;
import java.util.List;

/// The tabs of a board on one line; where not all fit, a sign on each side says that there are
/// others.
///
/// **Shape** those from `from` to before `to` are shown.
record TabLine(List<String> names, int chosen, int from, int to) {
    static TabLine of(Board board, int width) {
        List<String> names = new ArrayList<>();
        for (Place tab : board.tabs()) {
            names.add(" " + tab.label() + " ");
        }
        int chosen = board.tabs().indexOf(board.place());
        if (width(names, 0, names.size()) <= width) {
            return new TabLine(names, chosen, 0, names.size());
        }
        int room = width - 2;
        int from = 0;
        while (from < chosen && width(names, from, chosen + 1) > room) {
            from++;
        }
        int to = Math.max(from, chosen);
        while (to < names.size() && width(names, from, to + 1) <= room) {
            to++;
        }
        return new TabLine(names, chosen, from, to);
    }

    void draw(Canvas canvas, Panel panel, Theme theme) {
        int x = panel.column() + 2;
        int y = panel.row() + 1;
        if (from > 0 || to < names.size()) {
            canvas.put(x, y, from > 0 ? "‹" : " ", theme.title());
            x++;
        }
        for (int i = from; i < to; i++) {
            Style style = i == chosen ? theme.selected() : theme.style(Ink.DIM);
            canvas.put(x, y, names.get(i), style);
            x += Cells.width(names.get(i));
        }
        if (to < names.size()) {
            canvas.put(panel.column() + 1 + panel.width(), y, "›", theme.title());
        }
    }

    private static int width(List<String> names, int from, int to) {
        return names.subList(from, to).stream().mapToInt(Cells::width).sum();
    }
}
