package hal0.providers.error;

import hal0.home.error.ErrorKind;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A call to a provider that did not give a whole answer.
///
/// **Shape** the message says what failed, on which provider and model, why, and what to do; it is
/// fit to be shown and holds no secret.
public abstract sealed class ProviderException extends RuntimeException {
    private final transient Failure failure;

    private ProviderException(String message, Failure failure, @Nullable Throwable cause) {
        super(message, cause);
        this.failure = failure;
    }

    public abstract ErrorKind kind();

    public Retry retry() {
        return new Retry.Never();
    }

    public Failure failure() {
        return failure;
    }

    /// The provider refuses the request itself: 400, 413, 422 and the like. `code` is the
    /// provider's own, such as `context_length_exceeded`.
    public static final class Rejected extends ProviderException {
        private final @Nullable String code;

        public Rejected(String message, Failure failure, @Nullable String code) {
            super(message, failure, null);
            this.code = code;
        }

        public @Nullable String code() {
            return code;
        }

        @Override
        public ErrorKind kind() {
            return ErrorKind.REJECTED;
        }
    }

    /// The key is missing or refused (401).
    public static final class Unauthenticated extends ProviderException {
        public Unauthenticated(String message, Failure failure) {
            super(message, failure, null);
        }

        @Override
        public ErrorKind kind() {
            return ErrorKind.UNAUTHENTICATED;
        }
    }

    /// The key may not do this (403, 402).
    public static final class Forbidden extends ProviderException {
        public Forbidden(String message, Failure failure) {
            super(message, failure, null);
        }

        @Override
        public ErrorKind kind() {
            return ErrorKind.FORBIDDEN;
        }
    }

    /// The call would cost more than the user's budget leaves; it was not made.
    public static final class OverBudget extends ProviderException {
        public OverBudget(String message, Failure failure) {
            super(message, failure, null);
        }

        @Override
        public ErrorKind kind() {
            return ErrorKind.BUDGET;
        }
    }

    /// The provider, or every provider, does not know the model (404).
    public static final class UnknownModel extends ProviderException {
        public UnknownModel(String message, Failure failure) {
            super(message, failure, null);
        }

        @Override
        public ErrorKind kind() {
            return ErrorKind.UNKNOWN_MODEL;
        }
    }

    /// Too many requests (429).
    public static final class RateLimited extends ProviderException {
        private final @Nullable Duration delay;

        public RateLimited(String message, Failure failure, @Nullable Duration delay) {
            super(message, failure, null);
            this.delay = delay;
        }

        /// How long the provider asks to wait, or null when it does not say.
        public @Nullable Duration delay() {
            return delay;
        }

        @Override
        public ErrorKind kind() {
            return ErrorKind.RATE_LIMITED;
        }

        @Override
        public Retry retry() {
            return delay == null ? new Retry.Backoff() : new Retry.After(delay);
        }
    }

    /// The provider cannot serve now (5xx, 529, 408, 409).
    public static final class Overloaded extends ProviderException {
        private final @Nullable Duration delay;

        public Overloaded(String message, Failure failure, @Nullable Duration delay) {
            super(message, failure, null);
            this.delay = delay;
        }

        @Override
        public ErrorKind kind() {
            return ErrorKind.OVERLOADED;
        }

        @Override
        public Retry retry() {
            return delay == null ? new Retry.Backoff() : new Retry.After(delay);
        }
    }

    /// No connection: DNS, network, TLS or proxy, which the message tells apart.
    public static final class Unreachable extends ProviderException {
        private final Hop hop;

        public Unreachable(String message, Failure failure, @Nullable Throwable cause, Hop hop) {
            super(message, failure, cause);
            this.hop = hop;
        }

        /// One that says no more than that there is no connection.
        public Unreachable(String message, Failure failure, @Nullable Throwable cause) {
            this(message, failure, cause, Hop.CONNECTION);
        }

        /// Where on the way it ended.
        public Hop hop() {
            return hop;
        }

        @Override
        public ErrorKind kind() {
            return ErrorKind.UNREACHABLE;
        }

        @Override
        public Retry retry() {
            return new Retry.Backoff();
        }
    }

    /// One of the four clocks ran out.
    public static final class TimedOut extends ProviderException {
        private final Clock clock;

        public TimedOut(String message, Failure failure, Clock clock) {
            super(message, failure, null);
            this.clock = clock;
        }

        public Clock clock() {
            return clock;
        }

        @Override
        public ErrorKind kind() {
            return ErrorKind.TIMED_OUT;
        }

        @Override
        public Retry retry() {
            return clock == Clock.CONNECT ? new Retry.Backoff() : new Retry.Never();
        }
    }

    /// The answer broke its protocol: HTML instead of JSON, a cut stream, an error event without a
    /// known kind.
    public static final class BadStream extends ProviderException {
        public BadStream(String message, Failure failure, @Nullable Throwable cause) {
            super(message, failure, cause);
        }

        @Override
        public ErrorKind kind() {
            return ErrorKind.BAD_STREAM;
        }
    }

    /// The provider cannot be called as it is declared: its script is missing, or failed.
    public static final class Misconfigured extends ProviderException {
        public Misconfigured(String message, Failure failure, @Nullable Throwable cause) {
            super(message, failure, cause);
        }

        @Override
        public ErrorKind kind() {
            return ErrorKind.CONFIGURATION;
        }
    }

    /// What would answer on this machine is not there now: a local server that is being started, or
    /// cannot be. Nobody was asked.
    ///
    /// **Shape** `told` is what a client is told of it in place of what its kind says.
    public static final class NotReady extends ProviderException {
        private final ErrorKind kind;
        private final transient Told told;

        /// The code and the HTTP status of it, when asking again can help, null where it cannot,
        /// and further facts of the types of JSON.
        public record Told(
                String code,
                int status,
                @Nullable Duration retryAfter,
                Map<String, Object> details) {
            public Told {
                details = Map.copyOf(details);
            }
        }

        public NotReady(
                String message, Failure failure, ErrorKind kind, Told told, Throwable cause) {
            super(message, failure, cause);
            this.kind = kind;
            this.told = told;
        }

        public Told told() {
            return told;
        }

        @Override
        public ErrorKind kind() {
            return kind;
        }

        @Override
        public Retry retry() {
            Duration delay = told.retryAfter();
            return delay == null ? new Retry.Never() : new Retry.After(delay);
        }
    }

    /// The caller cancelled.
    public static final class Cancelled extends ProviderException {
        public Cancelled(String message, Failure failure) {
            super(message, failure, null);
        }

        @Override
        public ErrorKind kind() {
            return ErrorKind.CANCELLED;
        }
    }
}
