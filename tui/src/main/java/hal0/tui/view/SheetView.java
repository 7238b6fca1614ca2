package hal0.tui.view;

import hal0.tui.state.Sheet;
import hal0.tui.terminal.Canvas;
import hal0.tui.text.Ink;
import hal0.tui.text.Layout;
import hal0.tui.text.Row;
import hal0.tui.text.Span;
import hal0.tui.view.ScreenView.Cursor;
import java.util.ArrayList;
import java.util.List;

/// Lines that are read over the transcript.
final class SheetView {
    private SheetView() {}

    static Cursor draw(Canvas canvas, Sheet sheet, Theme theme) {
        int width = Panel.widthOn(canvas);
        List<List<Span>> lines = new ArrayList<>();
        for (Sheet.Line line : sheet.lines()) {
            lines.addAll(Layout.lines(Row.plain(line.text(), line.role()), width, true));
        }
        Panel panel = Panel.open(canvas, lines.size() + 2, sheet.title(), theme);
        int room = Math.max(1, panel.height() - 2);
        int from = Math.clamp(sheet.scroll(), 0, Math.max(0, lines.size() - room));
        for (int i = 0; i < room && from + i < lines.size(); i++) {
            ScreenView.line(
                    canvas, panel.column() + 2, panel.row() + 1 + i, lines.get(from + i), theme);
        }
        panel.line(canvas, panel.height() - 1, sheet.foot(), theme.style(Ink.DIM));
        return Cursor.HIDDEN;
    }
}
