package hal0.tui.view;

import com.googlecode.lanterna.SGR;
import hal0.tui.state.Board;
import hal0.tui.state.Find;
import hal0.tui.state.Overlay;
import hal0.tui.state.Overlay.Choice;
import hal0.tui.state.Overlay.Picker;
import hal0.tui.state.Sheet;
import hal0.tui.state.UiState;
import hal0.tui.terminal.Canvas;
import hal0.tui.terminal.Style;
import hal0.tui.text.Cells;
import hal0.tui.text.Ink;
import hal0.tui.view.ScreenView.Cursor;
import java.util.List;
import java.util.Locale;

/// Pickers, and the way to the others.
final class OverlayView {
    /// **Units** cells: a label is never wider where there are details, which need some to say
    /// anything.
    private static final int LABEL = 40;

    private static final int DETAIL = 12;

    private OverlayView() {}

    static Cursor draw(Canvas canvas, UiState state, Overlay overlay, Theme theme) {
        return switch (overlay) {
            case Picker picker -> picker(canvas, picker, theme);
            case Board board -> BoardView.draw(canvas, board, theme);
            case Overlay.Help(var scroll) -> HelpView.draw(canvas, scroll, theme);
            case Overlay.Question asking -> QuestionView.draw(canvas, state, asking, theme);
            case Find find -> FindView.draw(canvas, state, find, theme);
            case Sheet sheet -> SheetView.draw(canvas, sheet, theme);
        };
    }

    private static Cursor picker(Canvas canvas, Picker picker, Theme theme) {
        List<Choice> shown = picker.shown();
        Panel panel =
                Panel.open(canvas, Math.max(shown.size(), 3) + 3, picker.purpose().title(), theme);
        Style dim = theme.style(Ink.DIM);
        panel.line(canvas, 0, "› " + picker.filter(), theme.title());
        if (picker.filter().isEmpty()) {
            canvas.put(panel.column() + 4, panel.row() + 1, hint(panel), theme.placeholder());
        }
        int room = Math.max(1, panel.height() - 2);
        int chosen = Math.min(picker.selected(), Math.max(0, shown.size() - 1));
        int from = Math.clamp(chosen - room / 2L, 0, Math.max(0, shown.size() - room));
        int label = label(picker, panel.width());
        for (int i = 0; i < room && from + i < shown.size(); i++) {
            Style style = from + i == chosen ? theme.selected() : theme.style(Ink.PLAIN);
            String text = choice(shown.get(from + i), label, panel.width());
            panel.row(canvas, 1 + i, text, style);
            match(canvas, panel, 1 + i, text, picker.filter(), style);
        }
        String note =
                picker.note() != null
                        ? picker.note()
                        : shown.isEmpty() ? "nothing fits" : "Enter chooses · Esc closes";
        panel.line(canvas, panel.height() - 1, note, dim);
        return panel.cursor(2 + Cells.width(picker.filter()), 0);
    }

    /// What was typed is shown where it stands.
    private static void match(
            Canvas canvas, Panel panel, int line, String text, String filter, Style style) {
        int at = text.toLowerCase(Locale.ROOT).indexOf(filter.strip().toLowerCase(Locale.ROOT));
        int to = at + filter.strip().length();
        if (filter.isBlank() || at < 0 || to > text.length()) {
            return;
        }
        int column = Cells.width(text.substring(0, at));
        String found = Cells.cut(text.substring(at, to), panel.width() - column);
        if (column < panel.width()) {
            Style strong = style.with(SGR.BOLD).with(SGR.UNDERLINE);
            canvas.put(panel.column() + 2 + column, panel.row() + 1 + line, found, strong);
        }
    }

    private static String hint(Panel panel) {
        return Cells.cut("type to narrow", Math.max(0, panel.width() - 2));
    }

    /// As wide as the widest of all, not only of those that fit the filter: typing moves no column.
    private static int label(Picker picker, int width) {
        int widest = 0;
        int most = Math.min(LABEL, Math.max(LABEL / 2, width / 2));
        for (Choice choice : picker.choices()) {
            widest = Math.max(widest, Cells.width(choice.label()));
            if (widest >= most) {
                return most;
            }
        }
        return widest;
    }

    private static String choice(Choice choice, int label, int width) {
        if (choice.detail().isEmpty() || label + 2 + DETAIL > width) {
            return choice.label();
        }
        return Cells.pad(choice.label(), label) + "  " + choice.detail();
    }
}
