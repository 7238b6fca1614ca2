package hal0.tui.view;

import hal0.tui.state.Overlay;
import hal0.tui.terminal.Canvas;
import hal0.tui.terminal.Style;
import hal0.tui.text.Ink;
import hal0.tui.text.Role;
import hal0.tui.text.Safe;
import hal0.tui.view.ScreenView.Cursor;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the agent wants to do, why the user is asked, and the answers.
final class QuestionView {
    private QuestionView() {}

    private record Line(String text, Style style) {}

    static Cursor draw(Canvas canvas, Overlay.Question asking, Theme theme) {
        List<Line> body = body(asking, theme);
        List<String> answers = answers(asking);
        Panel panel = Panel.open(canvas, body.size() + answers.size() + 1, "May it?", theme);
        int room = Math.max(1, panel.height() - answers.size() - 1);
        int from = Math.clamp(asking.scroll(), 0, Math.max(0, body.size() - room));
        for (int i = 0; i < room && from + i < body.size(); i++) {
            Line line = body.get(from + i);
            panel.line(canvas, i, line.text(), line.style());
        }
        for (int i = 0; i < answers.size(); i++) {
            int row = panel.height() - answers.size() + i;
            panel.line(canvas, row, answers.get(i), theme.style(Ink.PLAIN));
        }
        return Cursor.HIDDEN;
    }

    private static List<Line> body(Overlay.Question asking, Theme theme) {
        List<Line> lines = new ArrayList<>();
        for (String line : Safe.visible(asking.question().intent().title()).split("\n", -1)) {
            lines.add(new Line(line, theme.title()));
        }
        lines.add(new Line(Safe.oneLine(asking.question().why()), theme.style(Ink.DIM)));
        String preview = asking.question().intent().preview();
        if (preview != null) {
            for (String line : Safe.visible(preview).split("\n", -1)) {
                lines.add(new Line(line, theme.style(ink(line))));
            }
        }
        return lines;
    }

    private static Ink ink(String line) {
        if (line.startsWith("+")) {
            return Ink.of(Role.ADDED);
        }
        return line.startsWith("-") ? Ink.of(Role.REMOVED) : Ink.DIM;
    }

    private static List<String> answers(Overlay.Question asking) {
        if (!asking.armed()) {
            return List.of("Tab answers · what you type goes on in the prompt");
        }
        @Nullable String rule = asking.rule();
        List<String> answers = new ArrayList<>();
        if (rule != null) {
            answers.add("rule: " + Safe.oneLine(rule) + more(asking));
        }
        answers.add(
                rule == null
                        ? "y yes, once · n no · Esc no, and stop"
                        : "y yes, once · s by this rule for this session · a always · n no · Esc no, and stop");
        return answers;
    }

    private static String more(Overlay.Question asking) {
        return asking.question().rules().size() > 1 ? "   (Tab: another rule)" : "";
    }
}
