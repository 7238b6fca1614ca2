package hal0.relay.rescue;

import hal0.providers.error.Clock;
import hal0.providers.error.Failure;
import hal0.providers.error.ProviderException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Failed calls of every kind.
final class Failures {
    private Failures() {}

    static Failure with(int status) {
        return new Failure("p", "m", status, null, null);
    }

    static ProviderException rejected(int status, @Nullable String code) {
        return new ProviderException.Rejected("rejected", with(status), code);
    }

    static ProviderException unauthenticated() {
        return new ProviderException.Unauthenticated("key", with(401));
    }

    static ProviderException forbidden(String why) {
        return new ProviderException.Forbidden(why, with(403));
    }

    static ProviderException unknownModel() {
        return new ProviderException.UnknownModel("model", with(404));
    }

    static ProviderException limited(@Nullable Duration delay) {
        return new ProviderException.RateLimited("slow", with(429), delay);
    }

    static ProviderException overloaded(int status, @Nullable Duration delay) {
        return new ProviderException.Overloaded("busy", with(status), delay);
    }

    static ProviderException unreachable() {
        return new ProviderException.Unreachable("gone", with(0), null);
    }

    static ProviderException timedOut(Clock clock) {
        return new ProviderException.TimedOut("late", with(0), clock);
    }

    static ProviderException badStream() {
        return new ProviderException.BadStream("cut", with(200), null);
    }

    static ProviderException cancelled() {
        return new ProviderException.Cancelled("left", with(0));
    }

    static ProviderException overBudget() {
        return new ProviderException.OverBudget("money", with(0));
    }

    static ProviderException misconfigured() {
        return new ProviderException.Misconfigured("script", with(0), null);
    }
}
