package hal0.relay.dispatch;

import hal0.providers.error.Failure;
import hal0.providers.error.ProviderException;
import hal0.providers.error.Retry;
import hal0.providers.http.CancelToken;
import java.time.Duration;
import java.util.random.RandomGenerator;

/// The one loop that gets a request answered: tries a target, again where that can help, and gives
/// back what was opened.
///
/// **Shape** a delay that the provider names is kept; without one the delay doubles from half a
/// second, with full jitter. A provider that asks for more than ten seconds is not waited for.
/// **Threads** any; blocks. Cancelling ends a wait at once.
public final class Attempts {
    private static final Duration FIRST_DELAY = Duration.ofMillis(500);
    private static final Duration LONGEST_DELAY = Duration.ofSeconds(10);

    private final Sleeper sleeper;
    private final RandomGenerator random;

    public Attempts(Sleeper sleeper, RandomGenerator random) {
        this.sleeper = sleeper;
        this.random = random;
    }

    /// Waits, unless cancelled meanwhile.
    public interface Sleeper {
        void sleep(Duration duration, CancelToken cancel);
    }

    /// One try at a target. What is opened may still ask to be tried again, as a 503 does that is
    /// passed through.
    public interface Attempt<T extends AutoCloseable> {
        T open(Target target);

        default Retry judge(T opened) {
            return new Retry.Never();
        }
    }

    /// What was opened, and at which try.
    public record Opened<T>(T value, int attempts) {}

    /// **Errors** the last try's [ProviderException].
    public <T extends AutoCloseable> Opened<T> open(
            Target target, CancelToken cancel, Meter meter, Attempt<T> attempt) {
        for (int tries = 1; ; tries++) {
            meter.attempt(target);
            boolean last = tries > target.provider().retries();
            Retry retry;
            try {
                T opened = attempt.open(target);
                retry = last ? new Retry.Never() : attempt.judge(opened);
                if (!worthIt(retry)) {
                    return new Opened<>(opened, tries);
                }
                discard(opened);
            } catch (ProviderException e) {
                retry = e.retry();
                if (last || !worthIt(retry)) {
                    throw e;
                }
            }
            long before = System.nanoTime();
            try {
                pause(retry, tries, target, cancel);
            } finally {
                meter.waited(System.nanoTime() - before);
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

    private void pause(Retry retry, int tries, Target target, CancelToken cancel) {
        Duration delay = retry instanceof Retry.After(Duration named) ? named : jittered(tries);
        sleeper.sleep(delay, cancel);
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
