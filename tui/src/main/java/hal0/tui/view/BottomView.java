package hal0.tui.view;

import hal0.tui.state.Activity;
import hal0.tui.state.Aside;
import hal0.tui.state.Commands;
import hal0.tui.state.Completion;
import hal0.tui.state.Geometry;
import hal0.tui.state.PromptLayout;
import hal0.tui.state.PromptSelection;
import hal0.tui.state.Relay;
import hal0.tui.state.Scroll;
import hal0.tui.state.Turn;
import hal0.tui.state.UiState;
import hal0.tui.terminal.Canvas;
import hal0.tui.terminal.Style;
import hal0.tui.text.Cells;
import hal0.tui.text.Ink;
import hal0.tui.text.Role;
import hal0.tui.text.Safe;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Everything below the transcript.
final class BottomView {
    private static final int MOST_COMPLETIONS = 10;

    private BottomView() {}

    /// The plan, and messages that wait.
    static void aside(Canvas canvas, UiState state, Geometry geometry, Theme theme) {
        int row = geometry.transcriptRows();
        for (Aside.Line line : Aside.lines(state, geometry.asideRows())) {
            String shown = Cells.ellipsis(line.text(), canvas.size().columns() - 1);
            canvas.put(0, row++, shown, theme.style(Ink.of(line.role())));
        }
    }

    /// The line over the prompt: what goes on, and what is below.
    static void rule(Canvas canvas, UiState state, Geometry geometry, Theme theme) {
        if (geometry.ruleRows() == 0) {
            return;
        }
        int columns = canvas.size().columns();
        int row = geometry.ruleRow();
        canvas.put(0, row, "─".repeat(columns), theme.rule());
        String left = activity(state, columns - 6);
        String right = below(state);
        if (left != null) {
            Style style = theme.style(Ink.of(state.hint() == null ? Role.ACCENT : Role.NOTICE));
            canvas.put(2, row, " " + Cells.ellipsis(left, columns - 6) + " ", style);
        }
        int taken = left == null ? 2 : Cells.width(left) + 6;
        if (right != null && columns - taken > Cells.width(right) + 4) {
            int column = columns - Cells.width(right) - 4;
            canvas.put(column, row, " " + right + " ", theme.style(Ink.of(Role.NOTICE)));
        }
    }

    private static @Nullable String activity(UiState state, int width) {
        if (state.hint() != null) {
            return state.hint().text();
        }
        if (state.session().turn() instanceof Turn.Running) {
            return fitting(Activity.parts(state), width);
        }
        String entering = entering(state.prompt().text());
        return entering == null ? state.welcome() : entering;
    }

    /// As many parts as there is room for, the first one cut where it leaves none.
    private static String fitting(List<String> parts, int width) {
        StringBuilder line = new StringBuilder(Cells.ellipsis(parts.getFirst(), width));
        for (String part : parts.subList(1, parts.size())) {
            String more = " · " + part;
            if (Cells.width(line + more) > width) {
                break;
            }
            line.append(more);
        }
        return line.toString();
    }

    /// What Enter will do with what is not said to the model.
    private static @Nullable String entering(String text) {
        if (Commands.isShell(text)) {
            return "Enter runs it in the shell; the model is told with your next message";
        }
        return Commands.isNote(text) ? "Enter adds it to the memory" : null;
    }

    private static @Nullable String below(UiState state) {
        return switch (state.screen().scroll()) {
            case Scroll.Following() -> null;
            case Scroll.Anchored(_, _, var lines) ->
                    lines == 0
                            ? "End follows"
                            : "↓ " + lines + (lines == 1 ? " new line" : " new lines") + " · End";
        };
    }

    static ScreenView.Cursor prompt(Canvas canvas, UiState state, Geometry geometry, Theme theme) {
        PromptLayout layout = PromptLayout.of(state.prompt(), Geometry.promptWidth(canvas.size()));
        int rows = geometry.promptRows();
        int from = layout.firstShown(rows);
        int top = geometry.promptRow();
        String typed = state.prompt().text();
        canvas.put(0, top, from == 0 ? sign(typed) : "↑ ", signStyle(typed, theme));
        if (state.prompt().isEmpty()) {
            String text = "Ask anything · / commands · ? keys";
            String shown = Cells.ellipsis(text, Geometry.promptWidth(canvas.size()));
            canvas.put(Geometry.PROMPT_SIGN, top, shown, theme.placeholder());
        }
        for (int i = 0; i < rows && from + i < layout.lines().size(); i++) {
            String shown = layout.lines().get(from + i).shown();
            canvas.put(Geometry.PROMPT_SIGN, top + i, shown, Style.DEFAULT);
        }
        selected(canvas, state, layout, geometry, theme);
        int column =
                Math.min(Geometry.PROMPT_SIGN + layout.caretColumn(), canvas.size().columns() - 1);
        return new ScreenView.Cursor(column, top + layout.caretLine() - from);
    }

    private static void selected(
            Canvas canvas, UiState state, PromptLayout layout, Geometry geometry, Theme theme) {
        PromptSelection.Range range = PromptSelection.of(state);
        int from = layout.firstShown(geometry.promptRows());
        for (int i = from;
                range != null && i < layout.lines().size() && i < from + geometry.promptRows();
                i++) {
            PromptLayout.Part part =
                    layout.part(state.prompt(), layout.lines().get(i), range.from(), range.to());
            int column = Geometry.PROMPT_SIGN + part.column();
            int room = canvas.size().columns() - column;
            canvas.put(
                    column,
                    geometry.promptRow() + i - from,
                    Cells.cut(part.shown(), Math.max(0, room)),
                    theme.selected());
        }
    }

    /// Another sign where Enter does not say it to the model.
    private static String sign(String typed) {
        return !Commands.isAside(typed) ? "› " : typed.startsWith("!") ? "$ " : "# ";
    }

    private static Style signStyle(String typed, Theme theme) {
        Role role = typed.startsWith("!") ? Role.NOTICE : Role.ADDED;
        return Commands.isAside(typed) ? theme.style(Ink.of(role)) : theme.title();
    }

    /// Parts that do not fit are dropped from the right; the line never wraps.
    static void status(Canvas canvas, UiState state, Geometry geometry, Theme theme) {
        if (geometry.statusRows() == 0) {
            return;
        }
        int columns = canvas.size().columns();
        List<String> parts = StatusText.parts(state);
        String line = fitting(parts, columns);
        Style style =
                state.session().relay() instanceof Relay.Down
                        ? theme.style(Ink.of(Role.ERROR))
                        : theme.status();
        canvas.put(0, geometry.statusRow(), line, style);
    }

    /// The commands or files that fit, over the end of the transcript; the last line tells of those
    /// for which there is no room.
    static void completions(Canvas canvas, UiState state, Geometry geometry, Theme theme) {
        List<Completion> all = state.completions();
        int rows = Math.min(Math.min(MOST_COMPLETIONS, all.size()), geometry.ruleRow());
        if (rows == 0 || state.top() != null) {
            return;
        }
        boolean cut = rows < all.size() && rows > 1;
        int room = cut ? rows - 1 : rows;
        int chosen = Math.min(state.completion(), all.size() - 1);
        int from = Math.clamp(chosen - room + 1L, 0, Math.max(0, all.size() - room));
        int columns = canvas.size().columns();
        int top = geometry.ruleRow() - rows;
        for (int i = 0; i < room; i++) {
            String text = "  " + shown(all.get(from + i));
            boolean here = from + i == chosen;
            Style style = here ? theme.selected() : theme.style(Ink.PLAIN);
            canvas.put(0, top + i, Cells.pad(text, columns), style);
        }
        if (cut) {
            String text = "  " + unseen(from, all.size() - from - room);
            canvas.put(0, top + room, Cells.pad(text, columns), theme.style(Ink.DIM));
        }
    }

    private static String unseen(int above, int below) {
        String up = above == 0 ? "" : "↑ " + above + " more";
        String down = below == 0 ? "" : "↓ " + below + " more";
        return up.isEmpty() || down.isEmpty() ? up + down : up + " · " + down;
    }

    private static String shown(Completion completion) {
        return completion.help().isEmpty()
                ? Safe.oneLine(completion.label())
                : Cells.pad(completion.label(), 13) + Safe.oneLine(completion.help());
    }
}
