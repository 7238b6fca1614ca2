package hal0.tui.state;

import static org.assertj.core.api.Assertions.assertThat;

import hal0.relay.control.RelayStatus;
import hal0.tui.state.Board.Act;
import hal0.tui.state.Board.Content;
import hal0.tui.state.Board.Line;
import hal0.tui.terminal.Input;
import hal0.tui.terminal.Key;
import hal0.tui.terminal.Size;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Keys that are faster than the program.
class TypedAheadTest {
    private static final RelayStatus RELAY =
            new RelayStatus(
                    "1", "i", URI.create("http://127.0.0.1:8080"), false, Instant.EPOCH, 0, 0);
    private static final Place MODELS = Place.of(Place.Kind.MODELS);

    private UiState state =
            UiState.starting(new UiState.About("1", "c"), new Size(80, 24), false, null);
    private final List<Effect> effects = new ArrayList<>();

    private void apply(UiEvent event) {
        Effect.Next next = Reducer.reduce(state, event);
        state = next.state();
        effects.addAll(next.effects());
    }

    private void press(Key key) {
        apply(new UiEvent.Did(new Input.Pressed(key)));
    }

    private void type(String text) {
        text.chars().forEach(c -> press(c == '\r' ? Key.of(Key.Code.ENTER) : Key.of(c)));
    }

    private void opened(Active active) {
        apply(new UiEvent.ControlOpened(RELAY, active));
    }

    private boolean asksForModel() {
        return state.top() instanceof Board board && board.place().kind() == Place.Kind.FIRST_RUN;
    }

    private void filled(boolean more, String... names) {
        List<Line> rows = new ArrayList<>();
        for (String name : names) {
            rows.add(
                    new Line.Row(
                            name,
                            List.of(Board.cell(name)),
                            List.of(
                                    Act.leaving(
                                            Act.ENTER, "uses it", new Effect.Use(name, null)))));
        }
        apply(new UiEvent.Filled(MODELS, new Content(List.of(), rows, null, null, more)));
    }

    @Test
    void choiceOfAModelOpensAtOnceWhereNobodyTypes() {
        opened(null);
        assertThat(asksForModel()).isTrue();
    }

    @Test
    void choiceOfAModelTakesNoKeyOfAMessageAndComesAfterAPause() {
        type("hel");
        opened(null);
        type("lo");
        assertThat(state.prompt().text()).isEqualTo("hello");
        assertThat(asksForModel()).isFalse();
        assertThat(state.welcome()).isEqualTo("Ctrl+O chooses what to talk to");
        assertThat(Reducer.isTicking(state)).as("a half typed message costs nothing").isFalse();

        press(Key.ctrl('u'));
        assertThat(Reducer.isTicking(state)).isTrue();
        apply(new UiEvent.Tick());
        type("x");
        press(Key.of(Key.Code.BACKSPACE));
        apply(new UiEvent.Tick());
        assertThat(asksForModel()).as("a second has not passed since the last key").isFalse();
        apply(new UiEvent.Tick());
        assertThat(asksForModel()).isTrue();
        assertThat(effects).endsWith(new Effect.Fill(Place.of(Place.Kind.FIRST_RUN)));
    }

    @Test
    void choiceThatWasClosedDoesNotComeBackByItself() {
        opened(null);
        press(Key.of(Key.Code.ESCAPE));
        assertThat(Reducer.isTicking(state)).isFalse();
        apply(new UiEvent.Tick());
        assertThat(state.top()).isNull();
    }

    @Test
    void sessionThatWasCutOffIsOfferedUntilTheFirstMessage() {
        opened(new Active("openai", "gpt-5", false, null));
        apply(new UiEvent.CutOff("at 14:02"));
        type("hello");
        assertThat(state.welcome())
                .isEqualTo("/resume last goes on with the session that was cut off here at 14:02");
        type("\r");
        assertThat(state.welcome()).isNull();
    }

    @Test
    void messageWithoutAModelAsksForOneAndIsSentThen() {
        type("hello");
        opened(null);
        type("\r");
        assertThat(asksForModel()).isTrue();
        assertThat(state.session().queued()).containsExactly("hello");
        apply(new UiEvent.Activated(new Active("demo", "demo", true, null)));
        assertThat(state.top()).isNull();
        assertThat(effects).contains(new Effect.Send("hello"));
    }

    @Test
    void enterBeforeTheRowsTakesTheFirstThatFitsAndTheRestIsTheNextMessage() {
        opened(new Active("openai", "gpt-5", false, null));
        press(Key.ctrl('o'));
        type("b\rhi\r");
        assertThat(state.top()).isInstanceOf(Board.class);
        assertThat(effects).doesNotContain(new Effect.Use("b", null));

        filled(true, "xb");
        assertThat(state.top()).as("a better row may come").isInstanceOf(Board.class);
        filled(false, "xb", "b");
        assertThat(effects).contains(new Effect.Use("b", null), new Effect.Send("hi"));
        assertThat(state.top()).isNull();
    }

    @Test
    void nameInFullIsTakenAsSoonAsItsRowIsThere() {
        opened(new Active("openai", "gpt-5", false, null));
        press(Key.ctrl('o'));
        type("gpt-5\r");
        filled(true, "openai/gpt-5-mini", "openai/gpt-5");
        assertThat(effects).contains(new Effect.Use("openai/gpt-5", null));
    }

    @Test
    void enterThatIsPressedAgainTakesTheRowThatIsSeen() {
        opened(new Active("openai", "gpt-5", false, null));
        press(Key.ctrl('o'));
        type("\r");
        filled(true, "a");
        type("\r");
        assertThat(effects).contains(new Effect.Use("a", null));
    }

    @Test
    void escapeDropsTheKeyThatWasKept() {
        opened(new Active("openai", "gpt-5", false, null));
        press(Key.ctrl('o'));
        type("\r");
        press(Key.of(Key.Code.ESCAPE));
        filled(false, "a");
        assertThat(effects).doesNotContain(new Effect.Use("a", null));
        assertThat(state.top()).isInstanceOf(Board.class);
    }

    @Test
    void lettersBehindTheKeptKeyAnswerNoQuestionThatNobodySaw() {
        opened(new Active("openai", "gpt-5", false, null));
        press(Key.ctrl('o'));
        type("\ryes");
        Act asking = Act.asking(Act.ENTER, "loads it", "Load it?", new Effect.Use("a", null));
        Line.Row row = new Line.Row("a", List.of(Board.cell("a")), List.of(asking));
        apply(new UiEvent.Filled(MODELS, Content.of(List.of(row), null)));
        assertThat(state.top()).isInstanceOf(Board.class);
        assertThat(((Board) state.top()).step()).isInstanceOf(Step.Confirming.class);
        assertThat(effects).doesNotContain(new Effect.Use("a", null));
        assertThat(state.prompt().text()).isEqualTo("yes");
    }
}
