package hal0.relay.control;

import static org.assertj.core.api.Assertions.assertThat;

import hal0.home.ledger.LedgerRow;
import hal0.home.ledger.Outcome;
import hal0.relay.event.Events;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

class UpstreamHealthTest {
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

    private final UpstreamHealth health =
            new UpstreamHealth(_ -> "closed", new Events("e1", InstantSource.system()));

    private void asked(String provider, int secondsAfterNoon, Outcome outcome, int attempts) {
        health.asked(
                new LedgerRow(
                        "r",
                        NOON.plusSeconds(secondsAfterNoon),
                        "ask",
                        null,
                        null,
                        "openai",
                        "m",
                        provider,
                        "m",
                        outcome,
                        null,
                        0,
                        attempts,
                        false,
                        0,
                        0,
                        0,
                        0,
                        0,
                        null,
                        false,
                        1,
                        -1,
                        0,
                        null,
                        false));
    }

    @Test
    void theNewestRequestThatWasAnsweredAndThatWasNotAreKnown() {
        asked("up", 2, Outcome.ANSWERED, 1);
        // It came first and took longer.
        asked("up", 1, Outcome.RESCUED, 2);
        asked("up", 3, Outcome.FAILED, 1);

        assertThat(health.lastAnswerAt("up")).isEqualTo(NOON.plusSeconds(2));
        assertThat(health.lastFailureAt("up")).isEqualTo(NOON.plusSeconds(3));
    }

    @Test
    void whatReachedNobodyAndWhatItsCallerLeftTellNothing() {
        asked("", 1, Outcome.FAILED, 0);
        asked("up", 1, Outcome.FAILED, 0);
        asked("up", 2, Outcome.CANCELLED, 1);

        assertThat(health.lastAnswerAt("up")).isNull();
        assertThat(health.lastFailureAt("up")).isNull();
        assertThat(health.lastFailureAt("")).isNull();
    }
}
