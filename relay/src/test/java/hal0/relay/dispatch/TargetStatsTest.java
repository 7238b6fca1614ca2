package hal0.relay.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import hal0.providers.Provider;
import hal0.providers.message.Protocol;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class TargetStatsTest {
    private static final Target TARGET =
            new Target(
                    Provider.builder("p", Protocol.OPENAI, URI.create("http://127.0.0.1:1/v1"))
                            .build(),
                    "m");

    private final AtomicLong now = new AtomicLong();
    private final TargetStats stats = new TargetStats(now::get);

    @Test
    void whatBeganAndHasNotEndedIsUnderWay() {
        stats.began(TARGET);
        stats.began(TARGET);
        stats.ended(TARGET);

        assertThat(stats.inFlight(TARGET)).isEqualTo(1);
        stats.ended(TARGET);
        stats.ended(TARGET);
        assertThat(stats.inFlight(TARGET)).isZero();
    }

    @Test
    void theNewestRequestsCountMost() {
        stats.firstToken(TARGET, Duration.ofMillis(100));
        assertThat(stats.findFirstToken(TARGET)).contains(Duration.ofMillis(100));

        stats.firstToken(TARGET, Duration.ofMillis(1100));
        assertThat(stats.findFirstToken(TARGET)).contains(Duration.ofMillis(400));
        for (int i = 0; i < 20; i++) {
            stats.firstToken(TARGET, Duration.ofMillis(1100));
        }
        assertThat(stats.findFirstToken(TARGET).orElseThrow())
                .isBetween(Duration.ofMillis(1090), Duration.ofMillis(1100));
    }

    @Test
    void aTargetThatWasSlowOnceIsTriedAgainAfterAWhile() {
        stats.firstToken(TARGET, Duration.ofSeconds(30));
        now.addAndGet(Duration.ofMinutes(6).toNanos());

        assertThat(stats.findFirstToken(TARGET)).isEmpty();
        stats.firstToken(TARGET, Duration.ofMillis(50));
        assertThat(stats.findFirstToken(TARGET)).contains(Duration.ofMillis(50));
    }

    @Test
    void noCountIsLostAmongManyThreads() {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 2000; i++) {
                threads.execute(() -> {
                    stats.began(TARGET);
                    stats.firstToken(TARGET, Duration.ofMillis(5));
                    stats.ended(TARGET);
                });
            }
        }

        assertThat(stats.inFlight(TARGET)).isZero();
    }
}
