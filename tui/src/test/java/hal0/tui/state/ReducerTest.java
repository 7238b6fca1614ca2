package hal0.tui.state;

import static org.assertj.core.api.Assertions.assertThat;

import hal0.agent.AgentEvent;
import hal0.providers.event.StopReason;
import hal0.providers.event.Usage;
import hal0.providers.price.Cost;
import hal0.relay.control.RelayStatus;
import hal0.tui.terminal.Input;
import hal0.tui.terminal.Key;
import hal0.tui.terminal.Size;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReducerTest {
    private static final RelayStatus RELAY =
            new RelayStatus(
                    "1", "i", URI.create("http://127.0.0.1:8080"), false, Instant.EPOCH, 0, 0);
    private static final Active ACTIVE = new Active("openai", "gpt-5", false, 1000L);

    private UiState state =
            UiState.starting(new UiState.About("1", "c"), new Size(80, 24), false, ACTIVE);
    private final List<Effect> effects = new ArrayList<>();

    @Test
    void messageWaitsForTheRelayAndIsThenSent() {
        type("hello");
        press(Key.Code.ENTER);
        assertThat(effects).containsExactly(new Effect.Remember("hello"));
        assertThat(state.session().queued()).containsExactly("hello");
        apply(new UiEvent.ControlOpened(RELAY, ACTIVE));
        assertThat(effects).endsWith(new Effect.Send("hello"));
        assertThat(state.session().queued()).isEmpty();
    }

    @Test
    void controlCInterruptsThenClearsThenLeaves() {
        running("hello");
        type("typed");
        press(Key.ctrl('c'));
        assertThat(effects).endsWith(new Effect.Interrupt());
        apply(new UiEvent.Turned(new AgentEvent.TurnInterrupted()));
        apply(new UiEvent.TurnOver(null));
        press(Key.ctrl('c'));
        assertThat(state.prompt().isEmpty()).isTrue();
        press(Key.ctrl('c'));
        assertThat(effects).doesNotContain(new Effect.Quit());
        type("x");
        press(Key.Code.BACKSPACE);
        press(Key.ctrl('c'));
        assertThat(effects).as("another key disarms").doesNotContain(new Effect.Quit());
        press(Key.ctrl('c'));
        assertThat(effects).endsWith(new Effect.Quit());
    }

    @Test
    void controlDLeavesOnlyFromAnEmptyPrompt() {
        type("x");
        press(Key.Code.LEFT);
        press(Key.ctrl('d'));
        assertThat(state.prompt().isEmpty()).isTrue();
        assertThat(effects).isEmpty();
        press(Key.ctrl('d'));
        assertThat(effects).containsExactly(new Effect.Quit());
    }

    @Test
    void everyWayToANewLine() {
        type("a");
        press(Key.of(Key.Code.ENTER).withShift());
        type("b");
        press(Key.of(Key.Code.ENTER).withAlt());
        type("c");
        press(Key.ctrl('j'));
        type("d\\");
        press(Key.Code.ENTER);
        assertThat(state.prompt().text()).isEqualTo("a\nb\nc\nd\n");
        assertThat(effects).isEmpty();
    }

    @Test
    void historyIsReachedAtTheEdgesAndTheDraftIsKept() {
        apply(new UiEvent.HistoryLoaded(List.of("old", "two\nlines")));
        type("draft");
        press(Key.Code.UP);
        assertThat(state.prompt().text()).isEqualTo("two\nlines");
        press(Key.Code.UP);
        assertThat(state.prompt().text()).as("moves inside first").isEqualTo("two\nlines");
        press(Key.Code.UP);
        assertThat(state.prompt().text()).isEqualTo("old");
        press(Key.Code.DOWN);
        press(Key.Code.DOWN);
        assertThat(state.prompt().text()).isEqualTo("draft");
    }

    @Test
    void unknownCommandIsSaidAndPathIsSent() {
        apply(new UiEvent.ControlOpened(RELAY, ACTIVE));
        type("/xyzzy now");
        press(Key.Code.ENTER);
        assertThat(state.hint().text()).contains("no command /xyzzy");
        state = state.with(Prompt.EMPTY);
        type("/usr/bin/env is what?");
        press(Key.Code.ENTER);
        assertThat(effects).contains(new Effect.Send("/usr/bin/env is what?"));
    }

    @Test
    void tabCompletesAndEnterRunsTheChosenCommand() {
        apply(new UiEvent.ControlOpened(RELAY, ACTIVE));
        type("/mo");
        press(Key.Code.TAB);
        assertThat(state.prompt().text()).isEqualTo("/model ");
        type("o4/with/slash");
        press(Key.Code.ENTER);
        assertThat(effects)
                .containsExactly(
                        new Effect.Suggest(Command.MODEL),
                        new Effect.UseNamed("o4/with/slash", "openai"));
    }

    @Test
    void spendOfUnknownPriceIsNeverZero() {
        assertThat(state.session().spend().label(true)).isEqualTo("local");
        spent(new Cost.Unknown());
        assertThat(state.session().spend().label(false)).isEqualTo("n/a");
        spent(new Cost.Usd(new BigDecimal("0.004")));
        assertThat(state.session().spend().label(false)).isEqualTo("$0.004 + n/a");
    }

    @Test
    void thinkingIsFoldedWhenItIsOver() {
        running("hello");
        apply(new UiEvent.Turned(new AgentEvent.ThinkingDelta("hm\nwell\n")));
        apply(new UiEvent.Turned(new AgentEvent.TextDelta("answer")));
        apply(new UiEvent.Turned(new AgentEvent.TurnEnded(StopReason.END)));
        apply(new UiEvent.TurnOver(null));
        assertThat(shown()).contains("∴ thought · 2 lines · Alt+T shows them").doesNotContain("hm");
        press(Key.alt('t'));
        assertThat(shown()).contains("hm").contains("well");
    }

    @Test
    void newLinesBelowAreCounted() {
        running("hello");
        apply(new UiEvent.Turned(new AgentEvent.TextDelta("line\n".repeat(100))));
        apply(new UiEvent.Did(new Input.Wheel(-1)));
        assertThat(state.screen().scroll()).isInstanceOf(Scroll.Anchored.class);
        apply(new UiEvent.Turned(new AgentEvent.TextDelta("x".repeat(100) + "\nshort\n")));
        assertThat(((Scroll.Anchored) state.screen().scroll()).newLines()).isEqualTo(3);
        press(Key.Code.END);
        assertThat(state.screen().scroll()).isEqualTo(new Scroll.Following());
    }

    @Test
    void placeThatWasScrolledToStaysOverResizesAndNewText() {
        running("hello");
        apply(
                new UiEvent.Turned(
                        new AgentEvent.TextDelta("one two three four five\n".repeat(200))));
        for (int i = 0; i < 20; i++) {
            apply(new UiEvent.Did(new Input.Wheel(-1)));
        }
        int row = ((Scroll.Anchored) state.screen().scroll()).row();
        apply(new UiEvent.Resized(new Size(10, 12)));
        apply(new UiEvent.Turned(new AgentEvent.TextDelta("more\n".repeat(50))));
        apply(new UiEvent.Resized(new Size(80, 24)));
        assertThat(((Scroll.Anchored) state.screen().scroll()).row()).isEqualTo(row);
    }

    @Test
    void clearingIsRefusedWhileAnAnswerComes() {
        running("hello");
        type("/clear");
        press(Key.Code.ENTER);
        assertThat(effects).doesNotContain(new Effect.Forget());
        assertThat(state.hint().text()).contains("interrupt");
    }

    private void running(String message) {
        apply(new UiEvent.ControlOpened(RELAY, ACTIVE));
        type(message);
        press(Key.Code.ENTER);
        assertThat(state.session().isRunning()).isTrue();
    }

    private void spent(Cost cost) {
        apply(new UiEvent.Turned(new AgentEvent.Spent(Usage.of(1, 1), cost)));
    }

    private String shown() {
        StringBuilder out = new StringBuilder();
        for (var line : state.viewport().window(state.screen().scroll()).lines()) {
            line.forEach(span -> out.append(span.text()));
            out.append('\n');
        }
        return out.toString();
    }

    private void type(String text) {
        text.codePoints().forEach(point -> press(Key.of(point)));
    }

    private void press(Key.Code code) {
        press(Key.of(code));
    }

    private void press(Key key) {
        apply(new UiEvent.Did(new Input.Pressed(key)));
    }

    private void apply(UiEvent event) {
        Effect.Next next = Reducer.reduce(state, event);
        state = next.state();
        effects.addAll(next.effects());
    }
}
