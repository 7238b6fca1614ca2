package hal0.relay.dispatch;

import hal0.providers.error.Failure;
import hal0.providers.error.ProviderException;
import java.time.Duration;

/// Every target of a decision failed too often just now, so that none was asked.
public final class BreakerOpenException extends RuntimeException {
    private final transient Target target;
    private final Duration delay;

    BreakerOpenException(Target target, Duration delay, String last) {
        super(
                "%s failed too often just now and is left alone for a moment. Try again in %d s. The last failure: %s"
                        .formatted(target, seconds(delay), last));
        this.target = target;
        this.delay = delay;
    }

    private static long seconds(Duration delay) {
        return Math.max(1, delay.plusMillis(999).toSeconds());
    }

    /// When one of them may be asked again, in whole seconds.
    public Duration delay() {
        return Duration.ofSeconds(seconds(delay));
    }

    /// The same for who knows failures of providers only.
    ProviderException asFailure() {
        return new ProviderException.Overloaded(
                String.valueOf(getMessage()),
                Failure.unanswered(target.provider().id(), target.model()),
                delay());
    }
}
