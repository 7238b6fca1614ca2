package hal0.tui.state;

import static org.assertj.core.api.Assertions.assertThat;

import hal0.agent.AgentEvent;
import hal0.home.error.ErrorKind;
import hal0.providers.error.Setback;
import hal0.tui.terminal.Size;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class HoldupTest {
    private static final Setback BUSY =
            new Setback(
                    ErrorKind.RATE_LIMITED,
                    429,
                    "openai",
                    new Setback.Next.Again(Duration.ofMillis(6400), 2, 4));

    private UiState state =
            Reducer.begin(
                            UiState.starting(
                                    new UiState.About("1", "c"),
                                    new Size(80, 24),
                                    false,
                                    new Active("openai", "gpt-5", false, 1000L)),
                            "hello",
                            new Effect.Send("hello"))
                    .state();

    private void turned(AgentEvent event) {
        state = Reducer.reduce(state, new UiEvent.Turned(event)).state();
    }

    @Test
    void whatKeepsTheAnswerAwayIsCountedDown() {
        turned(new AgentEvent.Delayed(BUSY));
        assertThat(Activity.parts(state).getFirst())
                .isEqualTo("429 from openai: again in 7 s (2 of 4)");
        state = Reducer.reduce(state, new UiEvent.Tick()).state();
        assertThat(Activity.parts(state).getFirst())
                .isEqualTo("429 from openai: again in 6 s (2 of 4)");
    }

    @Test
    void nothingStaysOfItOnceTheAnswerBegins() {
        Transcript before = state.transcript();
        turned(new AgentEvent.Delayed(BUSY));
        assertThat(state.transcript()).isEqualTo(before);
        turned(new AgentEvent.AnswerStarted("r", "openai", "gpt-5"));
        assertThat(Activity.parts(state).getFirst()).isEqualTo("waiting for openai/gpt-5");
    }

    @Test
    void subAgentThatWaitsIsSeenToo() {
        Setback other =
                new Setback(
                        ErrorKind.UNREACHABLE, 0, "openai", new Setback.Next.Other("groq/llama"));
        turned(new AgentEvent.Within("c", new AgentEvent.Delayed(other)));
        assertThat(Activity.parts(state).getFirst())
                .isEqualTo("no connection to openai: going on with groq/llama");
    }
}
