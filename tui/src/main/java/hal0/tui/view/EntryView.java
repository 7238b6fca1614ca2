package hal0.tui.view;

import hal0.tui.state.PromptLayout;
import hal0.tui.state.Step;
import hal0.tui.terminal.Canvas;
import hal0.tui.text.Cells;
import hal0.tui.text.Ink;
import hal0.tui.text.Layout;
import hal0.tui.text.Role;
import hal0.tui.text.Row;
import hal0.tui.text.Safe;
import hal0.tui.text.Span;
import hal0.tui.view.ScreenView.Cursor;
import java.util.List;

/// A field over a board: what is asked, what is typed, and what is wrong with it.
final class EntryView {
    private EntryView() {}

    static Cursor draw(Canvas canvas, Step.Entering entering, String name, Theme theme) {
        int width = Panel.widthOn(canvas);
        String problem = entering.problem();
        String said =
                problem != null
                        ? problem
                        : entering.sent() ? "…" : "Enter takes it · Esc leaves it";
        List<List<Span>> ask = wrapped(entering.doing().ask(), Role.PLAIN, width);
        List<List<Span>> below = wrapped(said, problem == null ? Role.DIM : Role.ERROR, width);
        Panel panel = Panel.open(canvas, ask.size() + 2 + below.size(), name, theme);
        lines(canvas, panel, 0, ask, theme);
        lines(canvas, panel, ask.size() + 2, below, theme);
        return field(canvas, panel, ask.size(), entering, theme);
    }

    private static List<List<Span>> wrapped(String text, Role role, int width) {
        List<Span> spans = List.of(Span.of(Safe.oneLine(text), role));
        return Layout.lines(new Row.Flow(List.of(), List.of(), spans), width, true);
    }

    private static void lines(
            Canvas canvas, Panel panel, int first, List<List<Span>> lines, Theme theme) {
        for (int i = 0; i < lines.size() && first + i < panel.height(); i++) {
            ScreenView.line(
                    canvas, panel.column() + 2, panel.row() + 1 + first + i, lines.get(i), theme);
        }
    }

    /// The end of what is typed stays in sight; of a secret only how much there is.
    private static Cursor field(
            Canvas canvas, Panel panel, int line, Step.Entering entering, Theme theme) {
        PromptLayout layout = PromptLayout.of(entering.prompt(), Integer.MAX_VALUE / 2);
        String text = layout.lines().getFirst().shown();
        boolean masked = entering.doing().masked();
        String shown = masked ? "•".repeat(Math.min(Cells.width(text), panel.width())) : text;
        int caret = Math.min(layout.caretColumn(), Cells.width(shown));
        int room = Math.max(1, panel.width() - 3);
        int cut = Cells.fit(shown, 0, Math.max(0, caret - room));
        panel.line(canvas, line, "› " + shown.substring(cut), theme.style(Ink.PLAIN));
        return panel.cursor(2 + caret - Cells.width(shown.substring(0, cut)), line);
    }
}
