package hal0.tui.state;

import hal0.agent.permission.Approver;
import hal0.agent.permission.Approver.Answer;
import hal0.tui.state.Effect.Next;
import hal0.tui.terminal.Key;
import org.jspecify.annotations.Nullable;

/// Keys while the user is asked whether a call may be run.
///
/// **Shape** a question that comes while the user is writing leaves the keys to the prompt until
/// Tab: nobody should allow something with a letter that was meant for a sentence. What is typed
/// into something else that is open is dropped until then: it may be a key, which the prompt would
/// show.
final class QuestionKeys {
    private static final int PAGE = 8;

    private QuestionKeys() {}

    static UiState asked(UiState state, Approver.Question question) {
        boolean idle = state.prompt().isEmpty() && state.overlays().isEmpty();
        return state.push(new Overlay.Question(question, idle, 0, 0));
    }

    static Next pressed(UiState state, Overlay.Question asking, Key key) {
        if (!asking.armed()) {
            if (key.code() == Key.Code.TAB) {
                return Next.of(state.replaceTop(asking.withArmed()));
            }
            return covers(state)
                    ? Next.of(state)
                    : PromptKeys.pressed(state, key, Binding.find(key), UiState.Again.NOTHING);
        }
        return switch (key.code()) {
            case UP -> scrolled(state, asking, -1);
            case DOWN -> scrolled(state, asking, 1);
            case PAGE_UP -> scrolled(state, asking, -PAGE);
            case PAGE_DOWN -> scrolled(state, asking, PAGE);
            case TAB -> Next.of(state.replaceTop(asking.withNextRule()));
            case CHARACTER -> key.isTyped() ? letter(state, asking, key) : Next.of(state);
            case ENTER, ESCAPE, BACKSPACE, DELETE, INSERT, LEFT, RIGHT, HOME, END, FUNCTION ->
                    Next.of(state);
        };
    }

    static Next pasted(UiState state, String text) {
        return covers(state) ? Next.of(state) : PromptKeys.pasted(state, text);
    }

    /// Whether something else is open below.
    private static boolean covers(UiState state) {
        return state.overlays().size() > 1;
    }

    /// Esc ends the turn, and with it the question.
    static Next escaped(UiState state) {
        return Keys.interrupt(over(state));
    }

    private static Next letter(UiState state, Overlay.Question asking, Key key) {
        String rule = asking.rule();
        @Nullable Answer answer =
                switch (Character.toLowerCase(key.character())) {
                    case 'y' -> new Answer.Once();
                    case 's' -> rule == null ? null : new Answer.Session(rule);
                    case 'a' -> rule == null ? null : new Answer.Always(rule);
                    case 'n' -> new Answer.No(null);
                    default -> null;
                };
        return answer == null ? Next.of(state) : Next.of(over(state), new Effect.Answered(answer));
    }

    static Next scrolled(UiState state, Overlay.Question asking, int lines) {
        int count = QuestionText.of(asking.question(), state.screen().size()).size();
        return Next.of(state.replaceTop(asking.scrolled(lines, count)));
    }

    /// Without questions: the turn that asked has its answer, or has ended.
    static UiState over(UiState state) {
        return state.withoutQuestions();
    }
}
