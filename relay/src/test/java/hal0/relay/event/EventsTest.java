package hal0.relay.event;

import static org.assertj.core.api.Assertions.assertThat;

import hal0.providers.http.CancelToken;
import hal0.relay.event.Event.Severity;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class EventsTest {
    private final Events events = new Events("e1", InstantSource.system());

    private void emit(int count) {
        for (int i = 0; i < count; i++) {
            events.emit("test.happened", Severity.INFO, "test", "it happened", Map.of());
        }
    }

    @Test
    void whoComesLaterGetsWhatIsRememberedAndIsToldWhatIsNot() throws Exception {
        emit(Events.REMEMBERED + 7);

        Events.Batch all = events.after(0, Duration.ZERO, new CancelToken());
        assertThat(all.missed()).isEqualTo(7);
        assertThat(all.events()).hasSize(Events.REMEMBERED);
        assertThat(all.events().getFirst().id()).isEqualTo(8);
        assertThat(all.events().getLast().id()).isEqualTo(events.latest());

        assertThat(events.after(500, Duration.ZERO, new CancelToken()))
                .isEqualTo(new Events.Batch(0, all.events().subList(493, 500)));
        assertThat(events.after(507, Duration.ZERO, new CancelToken()))
                .isEqualTo(new Events.Batch(0, List.of()));
    }

    @Test
    void aListenerThatWaitsIsWokenByTheNextEvent() {
        CompletableFuture<List<Long>> heard = new CompletableFuture<>();
        Thread.ofVirtual()
                .start(() -> {
                    try {
                        heard.complete(
                                events
                                        .after(0, Duration.ofMinutes(1), new CancelToken())
                                        .events()
                                        .stream()
                                        .map(Event::id)
                                        .toList());
                    } catch (InterruptedException e) {
                        heard.completeExceptionally(e);
                    }
                });
        emit(1);
        assertThat(heard).succeedsWithin(20, TimeUnit.SECONDS).isEqualTo(List.of(1L));
    }

    @Test
    void nothingIsLostOrDoubledUnderConcurrentEmitters() throws Exception {
        List<Thread> emitters = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            emitters.add(Thread.ofVirtual().start(() -> emit(200)));
        }
        long seen = 0;
        long missed = 0;
        List<Long> ids = new ArrayList<>();
        while (seen < 1600) {
            Events.Batch batch = events.after(seen, Duration.ofSeconds(20), new CancelToken());
            missed += batch.missed();
            batch.events().forEach(event -> ids.add(event.id()));
            seen = ids.getLast();
        }
        for (Thread emitter : emitters) {
            emitter.join();
        }
        assertThat(ids).isSorted().doesNotHaveDuplicates();
        assertThat(ids.size() + missed).isEqualTo(1600);
    }

    @Test
    void aListenerThatLeavesDoesNotWaitForTheNextEvent() throws Exception {
        CancelToken left = new CancelToken();
        left.cancel("the client left");

        assertThat(events.after(0, Duration.ofHours(1), left).events()).isEmpty();
    }
}
