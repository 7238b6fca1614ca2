package hal0.agent.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BackoffTest {
    @Test
    void waitsLongerEachTimeAndAMinuteAtMost() {
        Backoff backoff = new Backoff();
        assertThat(IntStream.range(0, 9).mapToObj(_ -> backoff.next(Duration.ZERO).toSeconds()))
                .containsExactly(1L, 2L, 4L, 8L, 16L, 32L, 60L, 60L, 60L);
    }

    @Test
    void beginsAnewOnlyAfterAServerThatRanForAWhile() {
        Backoff backoff = new Backoff();
        backoff.next(Duration.ZERO);
        backoff.started();
        assertThat(backoff.next(Duration.ofSeconds(59))).hasSeconds(2);
        backoff.started();
        assertThat(backoff.next(Duration.ofSeconds(60))).hasSeconds(1);
        assertThat(backoff.next(Duration.ofHours(1)))
                .as("one that never started has not run, whatever the clock says")
                .hasSeconds(2);
    }
}
