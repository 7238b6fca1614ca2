package hal0.relay.error;

import hal0.home.error.ErrorKind;
import hal0.providers.error.ProviderException;
import hal0.providers.error.Retry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A request that the relay answers with an error of its own.
///
/// **Shape** `code` is ours (`dispatch.no_route`); the message is for people and holds no secret;
/// `parameter` names the field at fault where there is one.
public final class RelayException extends RuntimeException {
    private final int status;
    private final String code;
    private final @Nullable String parameter;
    private final @Nullable Duration retryAfter;
    private final @Nullable String allow;
    private final boolean closes;
    private Map<String, String> headers = Map.of();
    private List<Field> fields = List.of();
    private Map<String, Object> details = Map.of();

    /// A field of a request that cannot be taken, by its place, and why; never with its value where
    /// that may be a secret.
    public record Field(String loc, String msg) {}

    private RelayException(
            int status,
            String code,
            String message,
            @Nullable String parameter,
            @Nullable Duration retryAfter,
            @Nullable String allow) {
        this(status, code, message, parameter, retryAfter, allow, false);
    }

    private RelayException(
            int status,
            String code,
            String message,
            @Nullable String parameter,
            @Nullable Duration retryAfter,
            @Nullable String allow,
            boolean closes) {
        super(message);
        this.closes = closes;
        this.status = status;
        this.code = code;
        this.parameter = parameter;
        this.retryAfter = retryAfter;
        this.allow = allow;
    }

    public static RelayException of(int status, String code, String message) {
        return new RelayException(status, code, message, null, null, null);
    }

    public static RelayException at(String parameter, int status, String code, String message) {
        return new RelayException(status, code, message, parameter, null, null);
    }

    /// What may go well after that time.
    public static RelayException later(int status, String code, String message, Duration delay) {
        return new RelayException(status, code, message, null, delay, null);
    }

    /// A request of ours that is well-formed and says what cannot be, with every fault it has.
    public static RelayException invalid(List<Field> fields) {
        StringBuilder message = new StringBuilder();
        for (Field field : fields) {
            message.append(message.isEmpty() ? "" : "; ");
            message.append(field.loc().isEmpty() ? "" : field.loc() + ": ").append(field.msg());
        }
        RelayException invalid = of(422, "validation.invalid", message.toString());
        invalid.fields = List.copyOf(fields);
        return invalid;
    }

    /// The same, worth another try after that long.
    public RelayException after(Duration delay) {
        RelayException later =
                new RelayException(status, code, message(), parameter, delay, allow, closes);
        later.headers = headers;
        later.fields = fields;
        later.details = details;
        return later;
    }

    /// The same, with further headers.
    public RelayException with(Map<String, String> further) {
        RelayException same =
                new RelayException(status, code, message(), parameter, retryAfter, allow, closes);
        same.headers = Map.copyOf(further);
        same.fields = fields;
        same.details = details;
        Throwable cause = getCause();
        if (cause != null) {
            same.initCause(cause);
        }
        return same;
    }

    /// The same, with further facts for programs, of the types of JSON.
    public RelayException detailed(Map<String, Object> facts) {
        RelayException same = with(headers);
        same.details = Map.copyOf(facts);
        return same;
    }

    /// A path that knows other methods, named as an `Allow` header has them.
    public static RelayException notAllowed(String message, String allow) {
        return new RelayException(405, "route.method_not_allowed", message, null, null, allow);
    }

    /// After which the connection cannot be used any more: nobody knows where the next request
    /// begins.
    public static RelayException closing(int status, String code, String message) {
        return new RelayException(status, code, message, null, null, null, true);
    }

    /// What a failed call upstream is for the client: with the provider's own status, and its own
    /// code for a request that it refuses.
    public static RelayException of(ProviderException failure) {
        if (failure instanceof ProviderException.NotReady notReady) {
            return of(notReady);
        }
        Duration delay = failure.retry() instanceof Retry.After(Duration d) ? d : null;
        int theirs = failure.failure().status();
        String refused =
                failure instanceof ProviderException.Rejected rejected ? rejected.code() : null;
        RelayException told =
                new RelayException(
                        theirs >= 400 && theirs < 600 ? theirs : status(failure.kind()),
                        refused == null ? code(failure.kind()) : refused,
                        String.valueOf(failure.getMessage()),
                        null,
                        delay,
                        null);
        told.initCause(failure);
        return told;
    }

    private static RelayException of(ProviderException.NotReady failure) {
        ProviderException.NotReady.Told told = failure.told();
        RelayException exception =
                new RelayException(
                        told.status(),
                        told.code(),
                        String.valueOf(failure.getMessage()),
                        null,
                        told.retryAfter(),
                        null);
        exception.initCause(failure);
        return exception.detailed(told.details());
    }

    public int status() {
        return status;
    }

    public String code() {
        return code;
    }

    public String message() {
        return String.valueOf(getMessage());
    }

    /// Who failed, as `x-hal0-origin` says it: a provider that answered, or the relay.
    public String origin() {
        boolean answered =
                getCause() instanceof ProviderException failure && failure.failure().status() > 0;
        return answered ? "upstream" : "relay";
    }

    public @Nullable String parameter() {
        return parameter;
    }

    public @Nullable Duration retryAfter() {
        return retryAfter;
    }

    /// The `Retry-After` header, null where none is due.
    public @Nullable String retryAfterField() {
        return retryAfter == null ? null : Long.toString(Math.max(1, retryAfter.toSeconds()));
    }

    /// The `Allow` header of a 405.
    public @Nullable String allow() {
        return allow;
    }

    /// Whether the connection is closed after the answer.
    public boolean closes() {
        return closes;
    }

    /// Further headers of the answer.
    public Map<String, String> headers() {
        return headers;
    }

    /// The fields at fault, in a 422 of ours.
    public List<Field> fields() {
        return fields;
    }

    /// Further facts for programs.
    public Map<String, Object> details() {
        return details;
    }

    /// The HTTP status that tells a client of such a failure.
    public static int status(ErrorKind kind) {
        return switch (kind) {
            case REJECTED -> 400;
            case UNAUTHENTICATED -> 401;
            // Not 429: clients would try again, and nothing would change.
            case BUDGET -> 402;
            case FORBIDDEN -> 403;
            case UNKNOWN_MODEL -> 404;
            case RATE_LIMITED -> 429;
            case CANCELLED -> 499;
            case CONFIGURATION, INTERNAL -> 500;
            case UNREACHABLE, BAD_STREAM -> 502;
            case OVERLOADED -> 503;
            case TIMED_OUT -> 504;
        };
    }

    /// Our code for such a failure upstream.
    public static String code(ErrorKind kind) {
        return switch (kind) {
            case REJECTED -> "upstream.rejected";
            case UNAUTHENTICATED -> "upstream.unauthenticated";
            case BUDGET -> "budget.exceeded";
            case FORBIDDEN -> "upstream.forbidden";
            case UNKNOWN_MODEL -> "upstream.unknown_model";
            case RATE_LIMITED -> "upstream.rate_limited";
            case CANCELLED -> "request.cancelled";
            case CONFIGURATION -> "relay.configuration";
            case INTERNAL -> "relay.internal";
            case UNREACHABLE -> "upstream.unreachable";
            case BAD_STREAM -> "upstream.bad_stream";
            case OVERLOADED -> "upstream.overloaded";
            case TIMED_OUT -> "upstream.timed_out";
        };
    }
}
