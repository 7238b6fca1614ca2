package hal0.tui.view;

import hal0.tui.state.Overlay;
import hal0.tui.state.Overlay.Choice;
import hal0.tui.state.Overlay.Picker;
import hal0.tui.state.SettingsRows;
import hal0.tui.state.Sheet;
import hal0.tui.state.UiState;
import hal0.tui.terminal.Canvas;
import hal0.tui.terminal.Style;
import hal0.tui.text.Cells;
import hal0.tui.text.Ink;
import hal0.tui.view.ScreenView.Cursor;
import java.util.List;

/// Pickers, settings, help.
final class OverlayView {
    private static final int LABEL = 40;

    private OverlayView() {}

    static Cursor draw(Canvas canvas, UiState state, Overlay overlay, Theme theme) {
        return switch (overlay) {
            case Picker picker -> picker(canvas, picker, theme);
            case Overlay.Settings settings -> settings(canvas, state, settings, theme);
            case Overlay.Help(var scroll) -> HelpView.draw(canvas, scroll, theme);
            case Overlay.Question asking -> QuestionView.draw(canvas, asking, theme);
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
        for (int i = 0; i < room && from + i < shown.size(); i++) {
            Style style = from + i == chosen ? theme.selected() : theme.style(Ink.PLAIN);
            panel.row(canvas, 1 + i, choice(shown.get(from + i), panel.width()), style);
        }
        String note =
                picker.note() != null
                        ? picker.note()
                        : shown.isEmpty() ? "nothing fits" : "Enter chooses · Esc closes";
        panel.line(canvas, panel.height() - 1, note, dim);
        return panel.cursor(2 + Cells.width(picker.filter()), 0);
    }

    private static String hint(Panel panel) {
        return Cells.cut("type to narrow", Math.max(0, panel.width() - 2));
    }

    private static String choice(Choice choice, int width) {
        if (choice.detail().isEmpty() || width < LABEL) {
            return choice.label();
        }
        int label = Math.max(LABEL / 2, Math.min(LABEL, width / 2));
        return Cells.pad(choice.label(), label) + "  " + choice.detail();
    }

    private static Cursor settings(
            Canvas canvas, UiState state, Overlay.Settings settings, Theme theme) {
        List<SettingsRows.Setting> rows = SettingsRows.of(state, settings);
        boolean help = settings.tab() == Overlay.Tab.HELP;
        Panel panel = Panel.open(canvas, help ? canvas.size().rows() : 8, "Settings", theme);
        tabs(canvas, panel, settings.tab(), theme);
        switch (settings.tab()) {
            case MODEL -> {
                int chosen = Math.min(settings.row(), rows.size() - 1);
                for (int i = 0; i < rows.size(); i++) {
                    String text = Cells.pad(rows.get(i).name(), 12) + rows.get(i).value();
                    Style style = i == chosen ? theme.selected() : theme.style(Ink.PLAIN);
                    panel.row(canvas, 2 + i, text, style);
                }
            }
            case CONFIG -> {
                panel.line(canvas, 2, "Configuration file", theme.style(Ink.DIM));
                panel.line(canvas, 3, state.about().configFile(), theme.style(Ink.PLAIN));
            }
            case HELP -> HelpView.lines(canvas, panel, 2, settings.row(), theme);
        }
        String foot = "←/→ tab · ↑/↓ row · Enter edits · Esc closes";
        String filter = settings.filter().isEmpty() ? foot : "› " + settings.filter();
        if (!help) {
            panel.line(canvas, panel.height() - 1, filter, theme.style(Ink.DIM));
        }
        return settings.filter().isEmpty()
                ? Cursor.HIDDEN
                : panel.cursor(2 + Cells.width(settings.filter()), panel.height() - 1);
    }

    private static void tabs(Canvas canvas, Panel panel, Overlay.Tab open, Theme theme) {
        int x = panel.column() + 2;
        for (Overlay.Tab tab : Overlay.Tab.values()) {
            Style style = tab == open ? theme.selected() : theme.style(Ink.DIM);
            if (x + Cells.width(tab.title()) + 2 <= panel.column() + panel.columns() - 1) {
                x = canvas.put(x, panel.row() + 1, " " + tab.title() + " ", style) + 1;
            }
        }
    }
}
