package hal0.tui.state;

import static org.assertj.core.api.Assertions.assertThat;

import hal0.agent.AgentEvent;
import hal0.agent.session.SessionEntry;
import hal0.agent.session.Todo;
import hal0.agent.tool.ToolOutcome;
import hal0.providers.ModelInfo;
import hal0.providers.event.StopReason;
import hal0.providers.event.Usage;
import hal0.providers.price.Cost;
import hal0.providers.price.Price;
import hal0.relay.control.RelayStatus;
import hal0.tui.terminal.Input;
import hal0.tui.terminal.Key;
import hal0.tui.terminal.Size;
import hal0.tui.theme.Palettes;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What is said of a turn while it runs and when it is over.
class ProgressTest {
    private static final Active ACTIVE = new Active("openai", "gpt-5", false, 400_000L);
    private static final Usage CACHED = new Usage(3000, 200, 9000, 0, 0, 0, null);

    private UiState state =
            UiState.starting(new UiState.About("1", "c"), new Size(120, 40), false, ACTIVE);
    private final List<Effect> effects = new ArrayList<>();

    ProgressTest() {
        RelayStatus relay =
                new RelayStatus(
                        "1", "i", URI.create("http://127.0.0.1:8080"), false, Instant.EPOCH, 0, 0);
        apply(new UiEvent.ControlOpened(relay, ACTIVE));
        state = Reducer.send(state, "go").state();
    }

    @Test
    void itIsSaidWhatGoesOn() {
        assertThat(Activity.parts(state).getFirst()).isEqualTo("waiting for openai/gpt-5");
        happens(started("openai", "gpt-5"));
        happens(new AgentEvent.ThinkingDelta("hm"));
        assertThat(Activity.parts(state).getFirst()).isEqualTo("thinking");
        happens(new AgentEvent.TextDelta("x".repeat(400)));
        apply(new UiEvent.Tick());
        assertThat(Activity.parts(state))
                .containsExactly("writing", "1 s", "Esc interrupts", "~100 tokens out");
        happens(new AgentEvent.ToolStarted("1", "shell", "shell make", "{}"));
        happens(new AgentEvent.ToolStarted("2", "shell", "shell test", "{}"));
        assertThat(Activity.parts(state).getFirst()).isEqualTo("running shell make and 1 more");
    }

    @Test
    void answerThatNobodyCountedLeavesTheContextAsItWas() {
        happens(started("openai", "gpt-5"));
        happens(new AgentEvent.Spent(CACHED, new Cost.Unknown()));
        happens(started("openai", "gpt-5"));
        happens(new AgentEvent.Spent(Usage.NONE, new Cost.Unknown()));
        happens(new AgentEvent.TurnInterrupted());
        assertThat(state.session().contextTokens()).isEqualTo(12_200);
    }

    @Test
    void turnEndsWithWhatItUsedAndCostAndWhatCachingSaved() {
        price("openai", "gpt-5", "1", "0.1");
        happens(started("openai", "gpt-5"));
        happens(new AgentEvent.Spent(CACHED, new Cost.Usd(new BigDecimal("0.0043"))));
        happens(started("openai", "gpt-5"));
        happens(new AgentEvent.Spent(CACHED, new Cost.Usd(new BigDecimal("0.0043"))));
        apply(new UiEvent.Tick());
        happens(new AgentEvent.TurnEnded(StopReason.END));
        assertThat(Shown.lines(state))
                .contains(
                        "  openai/gpt-5 · 1 s · 24,000 in (18,000 cached) · 400 out"
                                + " · $0.0086 · caching saved $0.0162");
    }

    @Test
    void whatNobodyCountedOrPricedIsSaidToBeSo() {
        happens(started("openai", "gpt-5"));
        happens(new AgentEvent.Spent(Usage.NONE, new Cost.Unknown()));
        happens(new AgentEvent.TurnEnded(StopReason.END));
        assertThat(Shown.lines(state)).contains("  openai/gpt-5 · tokens not counted · n/a");
        assertThat(Receipt.tokens(state.session()).lines().stream().map(Sheet.Line::text))
                .anyMatch(line -> line.contains("came without a count"));
    }

    @Test
    void whatWasBrokenOffCostsWhatTheLedgerGuessesAndIsMarked() {
        happens(started("openai", "gpt-5"));
        happens(new AgentEvent.Spent(Usage.NONE, new Cost.Usd(new BigDecimal("0.002"))));
        happens(new AgentEvent.TurnInterrupted());
        assertThat(Shown.lines(state)).contains("  openai/gpt-5 · tokens not counted · ~$0.002");
        assertThat(state.session().spend().label(false)).isEqualTo("~$0.002");
    }

    @Test
    void whatWasGivenUpBeforeAnyAnswerSaysThatNobodyKnowsWhatItCost() {
        apply(new UiEvent.Tick());
        happens(new AgentEvent.TurnInterrupted());
        assertThat(Shown.lines(state))
                .contains("interrupted", "  openai/gpt-5 · 1 s · no answer · cost not known");
        assertThat(Receipt.unanswered(new Active("slot", "qwen", true, null), 0))
                .isEqualTo("slot/qwen · no answer");
    }

    @Test
    void summaryTellsAtOnceHowFullTheWindowIs() {
        happens(started("openai", "gpt-5"));
        happens(new AgentEvent.Spent(CACHED, new Cost.Unknown()));
        happens(new AgentEvent.Compacted("so far", 300));
        assertThat(state.session().contextTokens()).isEqualTo(300);
    }

    @Test
    void subAgentsAreATreeWhoseCostCounts() {
        happens(new AgentEvent.ToolStarted("t", "task", "task look", "{}"));
        within(started("openai", "mini"));
        for (int i = 1; i <= 5; i++) {
            within(new AgentEvent.ToolStarted("c" + i, "grep", "grep " + i, "{}"));
            within(new AgentEvent.ToolEnded("c" + i, ToolOutcome.of("x"), false, 1));
        }
        within(new AgentEvent.ToolStarted("c6", "read", "read f", "{}"));
        within(new AgentEvent.Spent(Usage.of(1000, 50), new Cost.Usd(new BigDecimal("0.02"))));
        assertThat(Shown.lines(state))
                .containsSequence(
                        "▸ task look · 6 calls · 1,050 tokens · $0.02",
                        "  ├ … 3 before",
                        "  ├ ✓ grep 4",
                        "  ├ ✓ grep 5",
                        "  └ ▸ read f");
        assertThat(state.session().spend().label(false)).isEqualTo("$0.02");
        assertThat(state.session().progress().bill().models()).containsKey("openai/mini");
        happens(new AgentEvent.ToolEnded("t", ToolOutcome.of("found"), false, 2000));
        assertThat(Shown.lines(state))
                .contains("✓ task look · 2.0 s · 6 calls · 1,050 tokens · $0.02");
    }

    @Test
    void summaryIsPaidForAndDoesNotSayHowFullTheWindowIs() {
        happens(started("openai", "gpt-5"));
        happens(new AgentEvent.Spent(Usage.of(100, 10), new Cost.Usd(BigDecimal.ONE)));
        happens(new AgentEvent.Spent(Usage.of(90_000, 900), new Cost.Usd(BigDecimal.TWO)));
        assertThat(state.session().contextTokens()).isEqualTo(110);
        assertThat(state.session().spend().label(false)).isEqualTo("$3.00");
    }

    @Test
    void planStandsOverThePromptAndIsWrittenDownOnceWhenTheTurnEnds() {
        List<Todo> todos = new ArrayList<>();
        for (int i = 1; i <= 10; i++) {
            Todo.State at =
                    i < 7 ? Todo.State.DONE : i == 7 ? Todo.State.DOING : Todo.State.PENDING;
            todos.add(new Todo("step " + i, at));
        }
        happens(new AgentEvent.PlanChanged(todos));
        happens(new AgentEvent.PlanChanged(todos));
        assertThat(Aside.lines(state, 10).stream().map(Aside.Line::text))
                .containsExactly(
                        "  ☑ step 5",
                        "  ☑ step 6",
                        "  ▸ step 7",
                        "  ☐ step 8",
                        "  ☐ step 9",
                        "  ☐ step 10");
        assertThat(Shown.lines(state)).doesNotContain("  ▸ step 7");
        happens(new AgentEvent.TurnEnded(StopReason.END));
        apply(new UiEvent.TurnOver(null));
        assertThat(Shown.lines(state)).containsOnlyOnce("  ▸ step 7");
        assertThat(Aside.lines(state, 10)).isEmpty();
    }

    @Test
    void upTakesTheLastMessageThatWaitsBack() {
        state = Reducer.send(state, "first").state();
        state = Reducer.send(state, "second").state();
        effects.clear();
        apply(new UiEvent.Did(new Input.Pressed(Key.of(Key.Code.UP))));
        assertThat(state.prompt().text()).isEqualTo("second");
        assertThat(state.session().queued()).containsExactly("first");
        assertThat(effects).containsExactly(new Effect.Withdraw(List.of("second")));
    }

    @Test
    void sessionThatIsGoneOnWithKnowsWhatItUsed() {
        Earlier earlier =
                Earlier.of(
                        List.of(
                                new SessionEntry.ModelSaid(
                                        Instant.EPOCH,
                                        "r",
                                        "openai",
                                        "gpt-5",
                                        List.of(),
                                        Usage.of(10, 20),
                                        new Cost.Usd(BigDecimal.ONE),
                                        new SessionEntry.Ending.Stopped(StopReason.END)),
                                new SessionEntry.SpentBeside(
                                        Instant.EPOCH,
                                        "task",
                                        "r",
                                        "openai",
                                        "mini",
                                        Usage.of(1, 2),
                                        new Cost.Usd(BigDecimal.TWO))),
                        new Spend(new BigDecimal("4"), true, false),
                        0,
                        true);
        UiState resumed =
                UiState.starting(
                        new UiState.About("1", "c"),
                        new Size(80, 24),
                        Palettes.plain(false),
                        ACTIVE,
                        earlier);
        assertThat(Receipt.tokens(resumed.session()).lines().stream().map(Sheet.Line::text))
                .contains("openai/gpt-5", "openai/mini", "this session: $4.00")
                .contains("$1.00 of it for turns that were taken back");
    }

    private static AgentEvent started(String provider, String model) {
        return new AgentEvent.AnswerStarted("r", provider, model);
    }

    private void price(String provider, String model, String input, String cached) {
        Price price =
                new Price(
                        new BigDecimal(input),
                        new BigDecimal(input),
                        new BigDecimal(cached),
                        null,
                        null);
        apply(
                new UiEvent.ModelKnown(
                        provider,
                        new ModelInfo(
                                model, null, 1L, null, null, null, null, null, price, null, null)));
    }

    private void within(AgentEvent event) {
        happens(new AgentEvent.Within("t", event));
    }

    private void happens(AgentEvent event) {
        apply(new UiEvent.Turned(event));
    }

    private void apply(UiEvent event) {
        Effect.Next next = Reducer.reduce(state, event);
        state = next.state();
        effects.addAll(next.effects());
    }
}
