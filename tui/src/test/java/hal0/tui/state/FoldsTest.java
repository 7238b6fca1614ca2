package hal0.tui.state;

import static org.assertj.core.api.Assertions.assertThat;

import hal0.agent.tool.ToolOutcome;
import hal0.tui.terminal.Input;
import hal0.tui.terminal.Key;
import hal0.tui.terminal.Size;
import hal0.tui.text.Row;
import java.util.List;
import org.junit.jupiter.api.Test;

class FoldsTest {
    private static final Folds ALL =
            Folds.NONE.turnedAll(Row.Part.Kind.DETAIL).turnedAll(Row.Part.Kind.THINKING);

    private UiState state =
            UiState.starting(new UiState.About("1", "c"), new Size(80, 12), false, null);

    @Test
    void callUnfoldsToWhatWentInAndWhatCameOut() {
        Transcript called = reading("1", "a\nb\n");
        assertThat(Shown.lines(called, Folds.NONE)).containsExactly("✓ read x");
        assertThat(Shown.lines(called, ALL))
                .containsExactly("✓ read x", "  │ path: x", "  │ a", "  │ b");
    }

    @Test
    void whatWasUnfoldedByHandIsNotInAnotherConversation() {
        Row called = reading("1", "a\n").row(1);
        UiState open = state.with(reading("1", "a\n"));
        open = open.with(open.screen().with(Folds.NONE.turned((Row.Part) called)));
        assertThat(open.screen().folds().opens(called)).isTrue();
        UiState cleared = Commands.run(open, Command.CLEAR, "").state();
        assertThat(cleared.screen().folds().opens(called)).isFalse();
        UiState resumed =
                Reducer.reduce(open, new UiEvent.Rewritten(Earlier.NOTHING, "another", "")).state();
        assertThat(resumed.screen().folds().opens(called)).isFalse();
    }

    @Test
    void longOutputIsItsBeginningAndItsEnd() {
        String text = "first\n" + "middle\n".repeat(500) + "last\n";
        List<String> lines = Shown.lines(reading("1", text), ALL);
        assertThat(lines).hasSizeLessThan(110).contains("  │ first", "  │ last");
        assertThat(lines).contains("  │ … 402 more lines");
    }

    @Test
    void thinkingShowsItsLastLinesAndThenHowLongItTook() {
        Transcript thinking = Transcript.EMPTY.thinking("one\ntwo\n\nthree\nfo").ticked().ticked();
        assertThat(Shown.lines(thinking, Folds.NONE))
                .containsExactly("∴ thinking · 2 s · 5 lines", "  two", "  three", "  fo");
        Transcript over = thinking.thinking("ur").closed();
        assertThat(Shown.lines(over, Folds.NONE))
                .containsExactly("∴ thought · 2 s · 5 lines · Alt+T shows them");
        assertThat(Shown.lines(over, ALL))
                .containsExactly(
                        "∴ thought · 2 s · 5 lines · Alt+T shows them",
                        "  one",
                        "  two",
                        "",
                        "  three",
                        "  four");
    }

    @Test
    void unfoldedThinkingThatGoesOnDoesNotMove() {
        Transcript before = Transcript.EMPTY.thinking("one\ntwo\nthr");
        Transcript after = before.thinking("ee\nfour\n");
        assertThat(Shown.lines(after, ALL).subList(1, 3))
                .isEqualTo(Shown.lines(before, ALL).subList(1, 3));
    }

    @Test
    void longBodyOfAnErrorIsFolded() {
        Transcript failed =
                Transcript.EMPTY.failed("It failed", List.of("why\n" + "body\n".repeat(30), "do"));
        assertThat(Shown.lines(failed, Folds.NONE))
                .containsExactly(
                        "▌ It failed",
                        "▌ why",
                        "▌ body",
                        "▌ body",
                        "▌ body",
                        "▌ … 27 more lines · Alt+E shows them",
                        "▌ do");
        assertThat(Shown.lines(failed, ALL)).hasSize(33);
    }

    @Test
    void aKeyTurnsAllCallsAndBackThoseThatWereTurnedByHand() {
        state = state.with(reading("1", "a").closed());
        state = Folding.last(state);
        assertThat(Shown.lines(state)).contains("  │ a");
        press(Key.alt('e'));
        press(Key.alt('e'));
        assertThat(Shown.lines(state)).containsExactly("✓ read x");
    }

    @Test
    void enterOnAnEmptyPromptUnfoldsTheLastThatIsShown() {
        state = state.with(reading("1", "a").said("more"));
        press(Key.of(Key.Code.ENTER));
        assertThat(Shown.lines(state)).contains("  │ a");
        press(Key.of(Key.Code.ENTER));
        assertThat(Shown.lines(state)).doesNotContain("  │ a");
    }

    @Test
    void whatIsUnfoldedByHandStaysWhereItIsOnTheScreen() {
        Transcript long1 = Transcript.EMPTY;
        for (int i = 0; i < 30; i++) {
            long1 = long1.said("message " + i);
        }
        state = state.with(reading(long1, "1", "out\n".repeat(50)).said("after"));
        int line = Shown.lines(state).indexOf("✓ read x");
        assertThat(line).isPositive();
        state = Folding.at(state, line);
        assertThat(Shown.lines(state).get(line)).isEqualTo("✓ read x");
        assertThat(Shown.lines(state).get(line + 1)).isEqualTo("  │ path: x");
        state = Folding.at(state, line);
        assertThat(state.screen().scroll()).isEqualTo(new Scroll.Following());
    }

    private static Transcript reading(String id, String text) {
        return reading(Transcript.EMPTY, id, text);
    }

    private static Transcript reading(Transcript before, String id, String text) {
        return before.called(id, ToolLine.Call.of("read x", "{\"path\":\"x\"}"))
                .tooled(id, ToolOutcome.of(text), false, 5);
    }

    private void press(Key key) {
        state = Reducer.reduce(state, new UiEvent.Did(new Input.Pressed(key))).state();
    }
}
