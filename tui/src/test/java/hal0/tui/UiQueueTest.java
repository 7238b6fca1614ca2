package hal0.tui;

import static org.assertj.core.api.Assertions.assertThat;

import hal0.agent.AgentEvent;
import hal0.providers.event.StopReason;
import hal0.tui.state.UiEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class UiQueueTest {
    @Test
    void neighbouringPiecesMergeAndTheOrderStays() throws InterruptedException {
        UiQueue queue = new UiQueue();
        queue.put(text("a"));
        queue.put(text("b"));
        queue.put(new UiEvent.Turned(new AgentEvent.ThinkingDelta("t")));
        queue.put(text("c"));
        queue.put(new UiEvent.Tick());
        queue.put(text("d"));
        assertThat(queue.drain(Duration.ZERO, Duration.ZERO))
                .containsExactly(
                        new Arrival.Event(text("ab")),
                        new Arrival.Event(new UiEvent.Turned(new AgentEvent.ThinkingDelta("t"))),
                        new Arrival.Event(text("c")),
                        new Arrival.Event(new UiEvent.Tick()),
                        new Arrival.Event(text("d")));
        assertThat(queue.drain(Duration.ZERO, Duration.ZERO)).isEmpty();
    }

    @Test
    void textGathersUntilSomethingElseComes() throws InterruptedException {
        UiQueue queue = new UiQueue();
        queue.put(text("a"));
        Thread producer =
                Thread.ofVirtual()
                        .start(() -> {
                            queue.put(text("b"));
                            queue.put(text("c"));
                            queue.put(new UiEvent.Tick());
                        });
        assertThat(queue.drain(null, Duration.ofDays(1)))
                .containsExactly(
                        new Arrival.Event(text("abc")), new Arrival.Event(new UiEvent.Tick()));
        producer.join();
    }

    @Test
    void gatheredTextIsGivenWhenItsTimeIsOver() throws InterruptedException {
        UiQueue queue = new UiQueue();
        queue.put(text("a"));
        assertThat(queue.drain(null, Duration.ofMillis(20)))
                .containsExactly(new Arrival.Event(text("a")));
    }

    @Test
    void fullQueueMakesItsProducerWaitAndLosesNothing() throws InterruptedException {
        UiQueue queue = new UiQueue();
        int pieces = 5000;
        Thread producer =
                Thread.ofVirtual()
                        .start(() -> {
                            for (int i = 0; i < pieces; i++) {
                                queue.put(text("x"));
                                queue.put(new UiEvent.Tick());
                            }
                            queue.put(new UiEvent.Turned(new AgentEvent.TurnEnded(StopReason.END)));
                        });
        List<Arrival> all = new ArrayList<>();
        while (all.size() < 2 * pieces + 1) {
            assertThat(queue.size()).isLessThanOrEqualTo(UiQueue.CAPACITY + 1);
            all.addAll(queue.drain(Duration.ofSeconds(10), Duration.ZERO));
        }
        producer.join();
        assertThat(all).hasSize(2 * pieces + 1);
        assertThat(all.getLast())
                .isEqualTo(
                        new Arrival.Event(
                                new UiEvent.Turned(new AgentEvent.TurnEnded(StopReason.END))));
    }

    private static UiEvent text(String text) {
        return new UiEvent.Turned(new AgentEvent.TextDelta(text));
    }
}
