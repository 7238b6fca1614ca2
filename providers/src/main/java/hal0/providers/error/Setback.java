package hal0.providers.error;

import hal0.home.error.ErrorKind;
import java.time.Duration;

/// A try that came to nothing while an answer is still being sought, for whoever waits for it.
///
/// **Shape** `status` is 0 where nobody answered. It is told before what follows is done.
public record Setback(ErrorKind kind, int status, String provider, Next next) {

    /// What is done about it.
    public sealed interface Next {

        /// The same is asked again after a pause; `number` of `most` tries.
        record Again(Duration pause, int number, int most) implements Next {}

        /// Another is asked at once, `provider/model`.
        record Other(String target) implements Next {}

        /// The same provider is asked at once with another of its keys.
        record OtherKey() implements Next {}
    }

    public static Setback of(ProviderException failure, Next next) {
        return new Setback(
                failure.kind(), failure.failure().status(), failure.failure().provider(), next);
    }

    /// The first half of a line about it, such as `429 from openai`.
    public String what() {
        if (status > 0) {
            return status + " from " + provider;
        }
        return switch (kind) {
            case UNREACHABLE -> "no connection to " + provider;
            case TIMED_OUT -> "no answer in time from " + provider;
            case BAD_STREAM -> "a broken answer from " + provider;
            case RATE_LIMITED -> "too many requests for " + provider;
            case CONFIGURATION,
                    REJECTED,
                    UNAUTHENTICATED,
                    FORBIDDEN,
                    UNKNOWN_MODEL,
                    OVERLOADED,
                    BUDGET,
                    CANCELLED,
                    INTERNAL ->
                    "no answer from " + provider;
        };
    }

    /// The other half.
    public String then() {
        return switch (next) {
            case Next.Again(var pause, var number, var most) ->
                    then(pause.plusMillis(999).toSeconds(), number, most);
            case Next.Other(var target) -> "going on with " + target;
            case Next.OtherKey() -> "again with another key";
        };
    }

    /// **Units** seconds that are left of the pause.
    public static String then(long left, int number, int most) {
        String when = left > 0 ? "again in %d s".formatted(left) : "again now";
        return "%s (%d of %d)".formatted(when, number, most);
    }

    /// All of it.
    public String line() {
        return what() + ": " + then();
    }
}
