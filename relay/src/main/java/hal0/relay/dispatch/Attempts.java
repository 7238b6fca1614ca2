package hal0.relay.dispatch;

import hal0.providers.client.KeyRing;
import hal0.providers.error.Failure;
import hal0.providers.error.ProviderException;
import hal0.providers.error.Retry;
import hal0.providers.http.CancelToken;
import hal0.relay.budget.Budget;
import java.time.Duration;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// The one loop that gets a request answered: tries a target, again where that can help, and gives
/// back what was opened.
///
/// **Shape** a delay that the provider names is kept; without one the delay doubles from half a
/// second, with full jitter. A provider that asks for more than ten seconds is not waited for.
/// Where the fault is the key's, the provider's other keys come first, without a delay. **Threads**
/// any; blocks. Cancelling ends a wait at once.
public final class Attempts {
    private static final Duration FIRST_DELAY = Duration.ofMillis(500);
    private static final Duration LONGEST_DELAY = Duration.ofSeconds(10);

    private final Sleeper sleeper;
    private final RandomGenerator random;
    private final KeyRing keys;
    private final Budget budget;

    public Attempts(Sleeper sleeper, RandomGenerator random, KeyRing keys, Budget budget) {
        this.sleeper = sleeper;
        this.random = random;
        this.keys = keys;
        this.budget = budget;
    }

    /// Waits, unless cancelled meanwhile.
    public interface Sleeper {
        void sleep(Duration duration, CancelToken cancel);
    }

    /// One try at a target. What is opened may still be worth another try, as a 503 is that could
    /// be passed on.
    public interface Attempt<T extends AutoCloseable> {
        T open(Target target);

        /// The failure that what was opened stands for, where another try may help; else null.
        default @Nullable ProviderException failure(T opened) {
            return null;
        }
    }

    /// What was opened, and at which try.
    public record Opened<T>(T value, Target target, int attempts) {}

    /// **Errors** the last try's [ProviderException]; `OverBudget` before the first.
    public <T extends AutoCloseable> Opened<T> open(
            Decision decision, CancelToken cancel, Meter meter, Attempt<T> attempt) {
        Target target = decision.target();
        Meter.Caller caller = meter.caller();
        meter.holds(
                budget.hold(
                        target.provider(),
                        target.model(),
                        caller.session(),
                        caller.estimatedTokens()));
        KeyRing.Turn turn = keys.turn(target.provider());
        int calls = 0;
        int pauses = 0;
        while (true) {
            Target keyed = new Target(turn.provider(), target.model());
            meter.attempt(keyed);
            calls++;
            ProviderException failure;
            T opened = null;
            try {
                opened = attempt.open(keyed);
                failure = attempt.failure(opened);
                if (failure == null) {
                    return new Opened<>(opened, target, calls);
                }
            } catch (ProviderException e) {
                failure = e;
            }
            boolean otherKey = turn.goesOn(failure);
            if (!otherKey && (pauses >= target.provider().retries() || !worthIt(failure.retry()))) {
                if (opened == null) {
                    throw failure;
                }
                return new Opened<>(opened, target, calls);
            }
            if (opened != null) {
                discard(opened);
            }
            if (!otherKey) {
                pauses++;
                pause(failure.retry(), pauses, target, cancel, meter);
            }
        }
    }

    private static boolean worthIt(Retry retry) {
        return switch (retry) {
            case Retry.Never _ -> false;
            case Retry.After(Duration delay) -> delay.compareTo(LONGEST_DELAY) <= 0;
            case Retry.Backoff _ -> true;
        };
    }

    private void pause(Retry retry, int tries, Target target, CancelToken cancel, Meter meter) {
        Duration delay = retry instanceof Retry.After(Duration named) ? named : jittered(tries);
        long before = System.nanoTime();
        try {
            sleeper.sleep(delay, cancel);
        } finally {
            meter.waited(System.nanoTime() - before);
        }
        if (cancel.isCancelled()) {
            throw new ProviderException.Cancelled(
                    "cancelled: " + cancel.reason(),
                    Failure.unanswered(target.provider().id(), target.model()));
        }
    }

    private Duration jittered(int tries) {
        long most =
                Math.min(
                        LONGEST_DELAY.toMillis(),
                        FIRST_DELAY.toMillis() << Math.min(tries - 1, 10));
        return Duration.ofMillis(random.nextLong(most + 1));
    }

    private static void discard(AutoCloseable opened) {
        try {
            opened.close();
        } catch (Exception e) {
            throw new IllegalStateException("an answer that is not wanted could not be closed", e);
        }
    }
}
