package hal0.tui.state;

import static org.assertj.core.api.Assertions.assertThat;

import hal0.agent.AgentEvent;
import hal0.agent.tool.ToolOutcome;
import hal0.tui.terminal.Input;
import hal0.tui.terminal.Key;
import hal0.tui.terminal.Size;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReadingTest {
    private static final Key CTRL_UP = new Key(Key.Code.UP, 0, false, false, true);
    private static final Key CTRL_DOWN = new Key(Key.Code.DOWN, 0, false, false, true);

    private UiState state =
            UiState.starting(new UiState.About("1", "c"), new Size(80, 14), false, null);

    @BeforeEach
    void aConversation() {
        Transcript told = Transcript.EMPTY;
        for (int i = 1; i <= 5; i++) {
            told = told.said("question " + i).answered("line\n".repeat(20) + "Word " + i + "\n");
        }
        state = state.with(told.closed());
    }

    @Test
    void jumpsBetweenWhatTheUserSaid() {
        press(Key.of(Key.Code.UP).withAlt());
        assertThat(top()).isEqualTo("› question 5");
        press(CTRL_UP);
        press(Key.of(Key.Code.UP).withAlt());
        assertThat(top()).isEqualTo("› question 3");
        press(CTRL_DOWN);
        assertThat(top()).isEqualTo("› question 4");
        press(CTRL_DOWN);
        press(CTRL_DOWN);
        assertThat(state.screen().scroll()).isEqualTo(new Scroll.Following());
    }

    @Test
    void shiftScrollsByOneLine() {
        String before = Shown.lines(state).get(0);
        press(Key.of(Key.Code.UP).withShift());
        assertThat(Shown.lines(state).get(1)).isEqualTo(before);
        press(Key.of(Key.Code.DOWN).withShift());
        assertThat(state.screen().scroll()).isEqualTo(new Scroll.Following());
    }

    @Test
    void findsFromTheEndUpwardsWhileOneTypes() {
        press(Key.ctrl('s'));
        type("word");
        assertThat(Shown.lines(state)).contains("Word 5");
        press(Key.of(Key.Code.ENTER));
        assertThat(Shown.lines(state)).contains("Word 4");
        type("n");
        assertThat(Shown.lines(state)).contains("Word 3");
        type("N");
        assertThat(Shown.lines(state)).contains("Word 4");
        press(Key.of(Key.Code.ESCAPE));
        assertThat(state.top()).isNull();
        assertThat(Shown.lines(state)).as("one goes on reading there").contains("Word 4");
    }

    @Test
    void whatIsNotThereIsSaidAndNothingMoves() {
        List<String> before = Shown.lines(state);
        press(Key.ctrl('s'));
        type("xyzzy");
        assertThat(state.top())
                .isInstanceOfSatisfying(
                        Find.class, find -> assertThat(find.note()).contains("nothing more"));
        assertThat(Shown.lines(state)).isEqualTo(before);
    }

    @Test
    void whatIsFoundInAFoldIsUnfolded() {
        state =
                state.with(
                        state.transcript()
                                .called("1", "shell make")
                                .tooled("1", ToolOutcome.of("hidden needle"), false, 1)
                                .closed());
        assertThat(Shown.lines(state)).noneMatch(line -> line.contains("needle"));
        press(Key.ctrl('s'));
        type("needle");
        assertThat(Shown.lines(state)).contains("  │ hidden needle");
    }

    @Test
    void textAtTheTopStaysThereWhenTheScreenGetsNarrower() {
        state = state.with(Transcript.EMPTY.answered(words(400) + "\n\nend\n").closed());
        press(Key.of(Key.Code.UP).withShift());
        press(Key.of(Key.Code.UP).withShift());
        String first = top().split(" ")[0];
        reduce(new UiEvent.Resized(new Size(50, 14)));
        assertThat(top()).contains(first);
    }

    @Test
    void whatComesBelowDoesNotMoveWhatIsRead() {
        press(Key.of(Key.Code.PAGE_UP));
        List<String> before = Shown.lines(state);
        state =
                Reducer.reduce(
                                state,
                                new UiEvent.Turned(new AgentEvent.TextDelta("more\nand more\n")))
                        .state();
        assertThat(Shown.lines(state)).isEqualTo(before);
    }

    @Test
    void callsThatGrowDoNotMoveWhatIsReadBelowThem() {
        Transcript calls = Transcript.EMPTY.answered("x\n".repeat(30));
        for (int i = 0; i < 20; i++) {
            calls = calls.called("c" + i, "shell " + i);
        }
        state = state.with(calls);
        press(Key.of(Key.Code.UP).withShift());
        String top = top();
        assertThat(top).startsWith("▸ shell");
        reduce(new UiEvent.Turned(new AgentEvent.ToolOutput("c0", "a line\n")));
        assertThat(top()).isEqualTo(top);
        reduce(new UiEvent.Turned(new AgentEvent.Noted("a word")));
        assertThat(top()).isEqualTo(top);
        reduce(
                new UiEvent.Turned(
                        new AgentEvent.ToolEnded("c0", ToolOutcome.failed("no"), false, 1)));
        assertThat(top()).isEqualTo(top);
    }

    private static String words(int count) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < count; i++) {
            out.append("w").append(i).append(' ');
        }
        return out.toString();
    }

    private String top() {
        return Shown.lines(state).getFirst();
    }

    private void type(String text) {
        text.codePoints().forEach(c -> press(Key.of(c)));
    }

    private void press(Key key) {
        reduce(new UiEvent.Did(new Input.Pressed(key)));
    }

    private void reduce(UiEvent event) {
        state = Reducer.reduce(state, event).state();
    }
}
