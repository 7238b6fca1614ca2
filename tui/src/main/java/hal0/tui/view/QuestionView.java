package hal0.tui.view;

import hal0.tui.state.Geometry;
import hal0.tui.state.Overlay;
import hal0.tui.state.QuestionText;
import hal0.tui.state.UiState;
import hal0.tui.terminal.Canvas;
import hal0.tui.terminal.Style;
import hal0.tui.text.Cells;
import hal0.tui.text.Ink;
import hal0.tui.text.Role;
import hal0.tui.text.Safe;
import hal0.tui.view.ScreenView.Cursor;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the agent wants to do, why the user is asked, and the answers.
final class QuestionView {
    private static final List<String> ONCE = List.of("y yes, once", "n no", "Esc no, and stop");
    private static final List<String> BY_RULE =
            List.of("y yes, once", "s this session", "a always", "n no", "Esc no, and stop");

    /// **Units** lines: of a rule, which may be told by its end (`src/**` or one file), and of a
    /// screen that has none to spare for it.
    private static final int MOST_OF_A_RULE = 3;

    private static final int SMALL = 16;

    private QuestionView() {}

    /// What leads to the question stays to be read where there is room for both.
    static Cursor draw(Canvas canvas, UiState state, Overlay.Question asking, Theme theme) {
        List<QuestionText.Line> body = QuestionText.of(asking.question(), canvas.size());
        List<String> answers = answers(asking, Panel.widthOn(canvas), canvas.size().rows());
        int used = state.viewport().window(state.screen().scroll()).lines().size();
        int bottom = Geometry.of(state).transcriptRows();
        int lines = body.size() + answers.size() + 1;
        Panel panel = Panel.below(canvas, lines, "May it?", theme, used, bottom);
        int room = Math.max(1, panel.height() - answers.size() - 1);
        int from = Math.clamp(asking.scroll(), 0, Math.max(0, body.size() - room));
        for (int i = 0; i < room && from + i < body.size(); i++) {
            QuestionText.Line line = body.get(from + i);
            panel.line(canvas, i, line.text(), style(line.kind(), theme));
        }
        int below = body.size() - from - room;
        if (below > 0) {
            String more = below == 1 ? "↓ 1 more line" : "↓ %d more lines".formatted(below);
            panel.line(canvas, room, more, theme.style(Ink.of(Role.NOTICE)));
        }
        for (int i = 0; i < answers.size(); i++) {
            int row = panel.height() - answers.size() + i;
            panel.line(canvas, row, answers.get(i), theme.style(Ink.PLAIN));
        }
        return Cursor.HIDDEN;
    }

    private static Style style(QuestionText.Kind kind, Theme theme) {
        return switch (kind) {
            case TITLE -> theme.title();
            case WHY, PREVIEW -> theme.style(Ink.DIM);
            case ADDED -> theme.style(Ink.of(Role.ADDED));
            case REMOVED -> theme.style(Ink.of(Role.REMOVED));
        };
    }

    private static List<String> answers(Overlay.Question asking, int width, int height) {
        if (!asking.armed()) {
            return List.of("Tab answers · letters typed before that are no answer");
        }
        @Nullable String rule = asking.rule();
        List<String> answers = new ArrayList<>();
        if (rule == null) {
            return packed(ONCE, width);
        }
        String label = asking.question().rules().size() > 1 ? "Tab rule: " : "rule: ";
        String text = label + Safe.oneLine(rule);
        answers.addAll(
                height < SMALL
                        ? List.of(Words.middle(text, width))
                        : Words.wrapped(text, width, MOST_OF_A_RULE));
        answers.addAll(packed(BY_RULE, width));
        return answers;
    }

    /// No answer may be cut: whoever is asked has to see all of them.
    private static List<String> packed(List<String> answers, int width) {
        List<String> lines = new ArrayList<>();
        String line = "";
        for (String answer : answers) {
            String longer = line.isEmpty() ? answer : line + " · " + answer;
            if (!line.isEmpty() && Cells.width(longer) > width) {
                lines.add(line);
                longer = answer;
            }
            line = longer;
        }
        lines.add(line);
        return lines;
    }
}
