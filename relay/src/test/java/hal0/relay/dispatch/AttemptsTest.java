package hal0.relay.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hal0.providers.Auth;
import hal0.providers.ChatStream;
import hal0.providers.ModelKnowledge;
import hal0.providers.Pricing;
import hal0.providers.Provider;
import hal0.providers.client.KeyRing;
import hal0.providers.error.Failure;
import hal0.providers.error.ProviderException;
import hal0.providers.http.CancelToken;
import hal0.providers.message.Message;
import hal0.providers.message.Protocol;
import hal0.relay.budget.Budget;
import hal0.relay.budget.BudgetSettings;
import hal0.relay.dispatch.Attempts.Opened;
import hal0.relay.rescue.Breakers;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
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
    private final Attempts attempts = attempts((delay, _) -> slept.add(delay));

    @Test
    void theFirstAnswerIsTaken() {
        Opened<Answer> opened = attempts.open(to(target(2)), cancel, meter, script("ok"));

        assertThat(opened.value().name()).isEqualTo("ok");
        assertThat(opened.attempts()).isEqualTo(1);
        assertThat(slept).isEmpty();
    }

    @Test
    void aFailureThatMayPassIsTriedAgainAfterAGrowingDelay() {
        Opened<Answer> opened =
                attempts.open(
                        to(target(5)),
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
                                to(target(2)),
                                cancel,
                                meter,
                                script(UNREACHABLE, UNREACHABLE, UNREACHABLE, "never")))
                .isSameAs(UNREACHABLE);
        assertThat(slept).hasSize(2);
    }

    @Test
    void aFailureThatStaysIsNotTriedAgain() {
        assertThatThrownBy(() ->
                        attempts.open(to(target(2)), cancel, meter, script(REJECTED, "never")))
                .isSameAs(REJECTED);
        assertThat(slept).isEmpty();
    }

    @Test
    void anAnswerThatAsksForItIsClosedAndTriedAgain() {
        Answer busy = new Answer("busy", overloaded(Duration.ofSeconds(2)));
        Answer ok = new Answer("ok", null);

        Opened<Answer> opened = attempts.open(to(target(2)), cancel, meter, script(busy, ok));

        assertThat(opened.value()).isSameAs(ok);
        assertThat(busy.closed).isTrue();
        assertThat(ok.closed).isFalse();
        assertThat(slept).containsExactly(Duration.ofSeconds(2));
    }

    @Test
    void theLastAnswerIsTakenHoweverItAsks() {
        Answer first = new Answer("1", overloaded(null));
        Answer last = new Answer("2", overloaded(null));

        Opened<Answer> opened = attempts.open(to(target(1)), cancel, meter, script(first, last));

        assertThat(opened.value()).isSameAs(last);
        assertThat(last.closed).isFalse();
    }

    @Test
    void anAnswerWhoseBeginningCannotBeReadIsClosed() {
        Answer odd = new Answer("odd", null);
        Script faulty =
                new Script() {
                    @Override
                    public Answer open(Target target) {
                        return odd;
                    }

                    @Override
                    public void hold(Answer opened) {
                        throw new IllegalStateException("a fault of ours");
                    }
                };

        assertThatThrownBy(() -> attempts.open(route(target(0)), cancel, meter, faulty))
                .hasMessage("a fault of ours");

        assertThat(odd.closed).isTrue();
    }

    @Test
    void theAnswerOfTheFirstTargetStandsForThatTarget() {
        Target first = target(0);
        Target second = new Target(first.provider(), "other");
        Answer kept = new Answer("kept", overloaded(null));

        Opened<Answer> opened =
                attempts.open(
                        route(first, second),
                        cancel,
                        meter,
                        script(kept, new Answer("dropped", overloaded(null))));

        assertThat(opened.value()).isSameAs(kept);
        assertThat(opened.target()).isEqualTo(first);
    }

    @Test
    void aDelayOfMoreThanTenSecondsIsNotWaitedFor() {
        Answer later = new Answer("later", overloaded(Duration.ofSeconds(11)));

        Opened<Answer> opened = attempts.open(to(target(2)), cancel, meter, script(later, "never"));

        assertThat(opened.value()).isSameAs(later);
        assertThat(slept).isEmpty();
    }

    @Test
    void aCancelDuringTheWaitEndsIt() {
        Attempts cancelled = attempts((_, token) -> token.cancel("the client left"));

        assertThatThrownBy(() ->
                        cancelled.open(to(target(2)), cancel, meter, script(UNREACHABLE, "never")))
                .isInstanceOf(ProviderException.Cancelled.class)
                .hasMessageContaining("the client left");
    }

    @Test
    void everyTryIsCounted() {
        attempts.open(to(target(2)), cancel, meter, script(UNREACHABLE, "ok"));
        meter.answered();

        assertThat(rows.rows().getFirst().attempts()).isEqualTo(2);
    }

    @Test
    void thePauseBetweenTriesIsNotTheRelaysTime() {
        Attempts slow = attempts((_, _) -> Clocks.pass(Duration.ofMillis(200)));

        slow.open(to(target(2)), cancel, meter, script(UNREACHABLE, "ok"));
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

    @Test
    void aRefusedKeyGivesWayToTheNextAtOnce() {
        List<String> called = new ArrayList<>();

        Opened<Answer> opened =
                attempts.open(
                        keyed("A", "B", "C"),
                        cancel,
                        meter,
                        recorded(called, refused(), limited(), "ok"));

        assertThat(called).containsExactly("A", "B", "C");
        assertThat(opened.attempts()).isEqualTo(3);
        assertThat(slept).isEmpty();
    }

    @Test
    void aKeyThatWasRefusedIsNotTheFirstOfTheNextRequest() {
        List<String> called = new ArrayList<>();
        attempts.open(keyed("A", "B"), cancel, meter, recorded(called, refused(), "ok"));
        attempts.open(keyed("A", "B"), cancel, rows.meter(), recorded(called, "ok"));

        assertThat(called).containsExactly("A", "B", "B");
    }

    @Test
    void anAnswerThatIsTheKeysFaultIsClosedAndTheNextKeyTaken() {
        Answer unauthorized = new Answer("401", refused());

        Opened<Answer> opened =
                attempts.open(keyed("A", "B"), cancel, meter, script(unauthorized, "ok"));

        assertThat(opened.value().name()).isEqualTo("ok");
        assertThat(unauthorized.closed).isTrue();
    }

    @Test
    void whenAllKeysAreRefusedTheLastRefusalIsTheAnswer() {
        ProviderException last = refused();

        assertThatThrownBy(() ->
                        attempts.open(
                                keyed("A", "B"), cancel, meter, script(refused(), last, "never")))
                .isSameAs(last);
    }

    @Test
    void whenAllKeysMetTheirLimitTheDelayIsKept() {
        List<String> called = new ArrayList<>();

        attempts.open(keyed("A", "B"), cancel, meter, recorded(called, limited(), limited(), "ok"));

        assertThat(called).startsWith("A", "B").hasSize(3);
        assertThat(slept).containsExactly(Duration.ofSeconds(3));
    }

    private static ProviderException overloaded(@Nullable Duration delay) {
        return new ProviderException.Overloaded("busy", Failure.unanswered("p", "m"), delay);
    }

    private static ProviderException refused() {
        return new ProviderException.Unauthenticated(
                "refused", new Failure("p", "m", 401, null, null));
    }

    private static ProviderException limited() {
        return new ProviderException.RateLimited(
                "slow down", Failure.unanswered("p", "m"), Duration.ofSeconds(3));
    }

    private Attempts attempts(Attempts.Sleeper sleeper) {
        return new Attempts(
                sleeper, new Highest(), keys(), noBudget(), new Breakers(), ModelKnowledge.NONE);
    }

    private Budget noBudget() {
        return new Budget(
                () -> BudgetSettings.NONE,
                rows,
                new Pricing(ModelKnowledge.NONE)::cost,
                InstantSource.system(),
                ZoneOffset.UTC);
    }

    private static KeyRing keys() {
        return new KeyRing(name -> Optional.of("key-" + name), InstantSource.system());
    }

    private static Decision to(Target target) {
        return Decision.of("m", target, "prefix:p", List.of());
    }

    private static Decision route(Target... targets) {
        RescueRules rules = new RescueRules(0, null, null, true);
        return new Decision("r", List.of(targets), "route:r", rules, List.of());
    }

    private static Target target(int retries) {
        return new Target(
                Provider.builder("p", Protocol.OPENAI, URI.create("http://127.0.0.1:1"))
                        .retries(retries)
                        .build(),
                "m");
    }

    private static Decision keyed(String... names) {
        return to(
                new Target(
                        target(1).provider().toBuilder()
                                .auth(new Auth.Bearer())
                                .keyNames(List.of(names))
                                .build(),
                        "m"));
    }

    /// The script, and with which key each try was made.
    private static Attempts.Attempt<Answer> recorded(List<String> called, Object... steps) {
        Attempts.Attempt<Answer> script = script(steps);
        return new Script() {
            @Override
            public Answer open(Target target) {
                called.add(String.join("+", target.provider().keyNames()));
                return script.open(target);
            }
        };
    }

    /// A failure to throw, an answer to give, or the name of one that asks for nothing.
    private static Attempts.Attempt<Answer> script(Object... steps) {
        Deque<Object> left = new ArrayDeque<>(List.of(steps));
        return new Script() {
            @Override
            public Answer open(Target target) {
                return switch (left.removeFirst()) {
                    case ProviderException failure -> throw failure;
                    case Answer answer -> answer;
                    case Object name -> new Answer(name.toString(), null);
                };
            }
        };
    }

    private abstract static class Script implements Attempts.Attempt<Answer> {
        @Override
        public @Nullable ProviderException failure(Answer opened) {
            return opened.failure;
        }

        @Override
        public ChatStream ask(Target target, List<Message> more) {
            throw new AssertionError("nobody was to go on");
        }
    }

    private static final class Answer implements AutoCloseable {
        private final String name;
        private final @Nullable ProviderException failure;
        private boolean closed;

        Answer(String name, @Nullable ProviderException failure) {
            this.name = name;
            this.failure = failure;
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
