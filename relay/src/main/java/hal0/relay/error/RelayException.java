package hal0.relay.error;

import hal0.home.error.ErrorKind;
import hal0.providers.error.ProviderException;
import hal0.providers.error.Retry;
import java.time.Duration;
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

    private RelayException(
            int status,
            String code,
            String message,
            @Nullable String parameter,
            @Nullable Duration retryAfter) {
        super(message);
        this.status = status;
        this.code = code;
        this.parameter = parameter;
        this.retryAfter = retryAfter;
    }

    public static RelayException of(int status, String code, String message) {
        return new RelayException(status, code, message, null, null);
    }

    public static RelayException at(String parameter, int status, String code, String message) {
        return new RelayException(status, code, message, parameter, null);
    }

    /// What a failed call upstream is for the client.
    public static RelayException of(ProviderException failure) {
        Duration delay = failure.retry() instanceof Retry.After(Duration d) ? d : null;
        return new RelayException(
                status(failure.kind()),
                code(failure.kind()),
                String.valueOf(failure.getMessage()),
                null,
                delay);
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

    public @Nullable String parameter() {
        return parameter;
    }

    public @Nullable Duration retryAfter() {
        return retryAfter;
    }

    private static int status(ErrorKind kind) {
        return switch (kind) {
            case REJECTED -> 400;
            case UNAUTHENTICATED -> 401;
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

    private static String code(ErrorKind kind) {
        return switch (kind) {
            case REJECTED -> "upstream.rejected";
            case UNAUTHENTICATED -> "upstream.unauthenticated";
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
