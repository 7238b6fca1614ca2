package hal0.relay.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hal0.providers.Provider;
import hal0.providers.error.Failure;
import hal0.providers.error.ProviderException;
import hal0.providers.error.Retry;
import hal0.providers.http.CancelToken;
import hal0.providers.message.Protocol;
import hal0.relay.dispatch.Attempts.Opened;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class AttemptsTest {
    private static final ProviderException UNREACHABLE =
            new ProviderException.Unreachable("gone", Failure.unanswered("p", "m"), null);
    private static final ProviderException REJECTED =
            new ProviderException.Rejected("no", Failure.unanswered("p", "m"), "code");

    private final List<Duration> slept = new ArrayList<>();
    private final CancelToken cancel = new CancelToken();
    private final RecordedRows rows = new RecordedRows();
    private final Meter meter = rows.meter();

    /// The longest delay that full jitter may give.
    private final Attempts attempts = new Attempts((delay, _) -> slept.add(delay), new Highest());

    @Test
    void theFirstAnswerIsTaken() {
        Opened<Answer> opened = attempts.open(target(2), cancel, meter, script("ok"));

        assertThat(opened.value().name()).isEqualTo("ok");
        assertThat(opened.attempts()).isEqualTo(1);
        assertThat(slept).isEmpty();
    }

    @Test
    void aFailureThatMayPassIsTriedAgainAfterAGrowingDelay() {
        Opened<Answer> opened =
                attempts.open(
                        target(5),
                        cancel,
                        meter,
                        script(UNREACHABLE, UNREACHABLE, UNREACHABLE, UNREACHABLE, "ok"));

        assertThat(opened.attempts()).isEqualTo(5);
        assertThat(slept)
                .containsExactly(
                        Duration.ofMillis(500),
                        Duration.ofMillis(1000),
                        Duration.ofMillis(2000),
                        Duration.ofMillis(4000));
    }

    @Test
    void theLastFailureIsThrown() {
        assertThatThrownBy(() ->
                        attempts.open(
                                target(2),
                                cancel,
                                meter,
                                script(UNREACHABLE, UNREACHABLE, UNREACHABLE, "never")))
                .isSameAs(UNREACHABLE);
        assertThat(slept).hasSize(2);
    }

    @Test
    void aFailureThatStaysIsNotTriedAgain() {
        assertThatThrownBy(() -> attempts.open(target(2), cancel, meter, script(REJECTED, "never")))
                .isSameAs(REJECTED);
        assertThat(slept).isEmpty();
    }

    @Test
    void anAnswerThatAsksForItIsClosedAndTriedAgain() {
        Answer busy = new Answer("busy", new Retry.After(Duration.ofSeconds(2)));
        Answer ok = new Answer("ok", new Retry.Never());

        Opened<Answer> opened = attempts.open(target(2), cancel, meter, script(busy, ok));

        assertThat(opened.value()).isSameAs(ok);
        assertThat(busy.closed).isTrue();
        assertThat(ok.closed).isFalse();
        assertThat(slept).containsExactly(Duration.ofSeconds(2));
    }

    @Test
    void theLastAnswerIsTakenHoweverItAsks() {
        Answer first = new Answer("1", new Retry.Backoff());
        Answer last = new Answer("2", new Retry.Backoff());

        Opened<Answer> opened = attempts.open(target(1), cancel, meter, script(first, last));

        assertThat(opened.value()).isSameAs(last);
        assertThat(last.closed).isFalse();
    }

    @Test
    void aDelayOfMoreThanTenSecondsIsNotWaitedFor() {
        Answer later = new Answer("later", new Retry.After(Duration.ofSeconds(11)));

        Opened<Answer> opened = attempts.open(target(2), cancel, meter, script(later, "never"));

        assertThat(opened.value()).isSameAs(later);
        assertThat(slept).isEmpty();
    }

    @Test
    void aCancelDuringTheWaitEndsIt() {
        Attempts cancelled =
                new Attempts((_, token) -> token.cancel("the client left"), new Highest());

        assertThatThrownBy(() ->
                        cancelled.open(target(2), cancel, meter, script(UNREACHABLE, "never")))
                .isInstanceOf(ProviderException.Cancelled.class)
                .hasMessageContaining("the client left");
    }

    @Test
    void everyTryIsCounted() {
        attempts.open(target(2), cancel, meter, script(UNREACHABLE, "ok"));
        meter.answered();

        assertThat(rows.rows().getFirst().attempts()).isEqualTo(2);
    }

    @Test
    void thePauseBetweenTriesIsNotTheRelaysTime() {
        Attempts slow = new Attempts((_, _) -> Clocks.pass(Duration.ofMillis(200)), new Highest());

        slow.open(target(2), cancel, meter, script(UNREACHABLE, "ok"));
        meter.answered();

        assertThat(rows.rows().getFirst().latencyMs()).isGreaterThanOrEqualTo(200);
        assertThat(rows.rows().getFirst().overheadUs()).isLessThan(150_000);
    }

    @Test
    void theRealSleeperIsWokenByACancel() throws InterruptedException {
        Thread sleeper =
                Thread.ofVirtual()
                        .start(() -> new TokenSleeper().sleep(Duration.ofHours(1), cancel));
        cancel.cancel("enough");

        sleeper.join();
        assertThat(cancel.reason()).isEqualTo("enough");
    }

    private static Target target(int retries) {
        return new Target(
                Provider.builder("p", Protocol.OPENAI, URI.create("http://127.0.0.1:1"))
                        .retries(retries)
                        .build(),
                "m");
    }

    /// A failure to throw, an answer to give, or the name of one that asks for nothing.
    private static Attempts.Attempt<Answer> script(Object... steps) {
        Deque<Object> left = new ArrayDeque<>(List.of(steps));
        return new Attempts.Attempt<>() {
            @Override
            public Answer open(Target target) {
                return switch (left.removeFirst()) {
                    case ProviderException failure -> throw failure;
                    case Answer answer -> answer;
                    case Object name -> new Answer(name.toString(), new Retry.Never());
                };
            }

            @Override
            public Retry judge(Answer opened) {
                return opened.retry;
            }
        };
    }

    private static final class Answer implements AutoCloseable {
        private final String name;
        private final Retry retry;
        private boolean closed;

        Answer(String name, Retry retry) {
            this.name = name;
            this.retry = retry;
        }

        String name() {
            return name;
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    private static final class Highest implements RandomGenerator {
        @Override
        public long nextLong() {
            throw new UnsupportedOperationException();
        }

        @Override
        public long nextLong(long bound) {
            return bound - 1;
        }
    }
}
