package hal0.relay.slot;

import hal0.home.error.ErrorKind;
import hal0.providers.error.Failure;
import hal0.providers.error.ProviderException;
import hal0.relay.error.RelayException;
import hal0.slots.SlotStatus;
import hal0.slots.error.SlotException;
import hal0.slots.error.SlotProblem;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What slots refuse, as clients of the relay are told of it.
public final class SlotErrors {
    private SlotErrors() {}

    /// The HTTP status that tells a client of it.
    public static int status(SlotProblem problem) {
        return switch (problem) {
            case CONFIG_ERROR -> 400;
            case NOT_FOUND -> 404;
            case ILLEGAL_TRANSITION, NO_FREE_PORT, ALREADY_EXISTS, PINNED -> 409;
            case QUEUE_FULL -> 429;
            case CANCELLED -> 499;
            // Not 503: clients would try again, and nothing would change.
            case LOAD_FAILED -> 502;
            case LOADING, CRASH_LOOPING, RUNTIME_UNAVAILABLE, IMAGE_MODE, INFERENCE_MODE -> 503;
        };
    }

    /// The same for who knows kinds of errors only.
    public static ErrorKind kind(SlotProblem problem) {
        return switch (problem) {
            case CONFIG_ERROR, NOT_FOUND, NO_FREE_PORT, ALREADY_EXISTS -> ErrorKind.CONFIGURATION;
            case ILLEGAL_TRANSITION, PINNED -> ErrorKind.REJECTED;
            case QUEUE_FULL -> ErrorKind.RATE_LIMITED;
            case CANCELLED -> ErrorKind.CANCELLED;
            case LOAD_FAILED, CRASH_LOOPING, RUNTIME_UNAVAILABLE -> ErrorKind.UNREACHABLE;
            case LOADING, IMAGE_MODE, INFERENCE_MODE -> ErrorKind.OVERLOADED;
        };
    }

    /// When asking again can help, where the slot itself did not say; null where it cannot.
    private static @Nullable Duration usualDelay(SlotProblem problem) {
        return switch (problem) {
            case QUEUE_FULL -> Duration.ofSeconds(1);
            case LOADING -> Duration.ofSeconds(5);
            case RUNTIME_UNAVAILABLE, IMAGE_MODE, INFERENCE_MODE -> Duration.ofSeconds(10);
            case CONFIG_ERROR,
                    NOT_FOUND,
                    ILLEGAL_TRANSITION,
                    NO_FREE_PORT,
                    ALREADY_EXISTS,
                    PINNED,
                    CANCELLED,
                    LOAD_FAILED,
                    CRASH_LOOPING ->
                    null;
        };
    }

    private static @Nullable Duration delay(SlotException e) {
        Duration named = e.retryAfter();
        Duration usual = usualDelay(e.problem());
        return named == null || usual == null ? usual : named;
    }

    /// The answer of `/api`.
    public static RelayException asAnswer(SlotException e) {
        RelayException told =
                RelayException.of(status(e.problem()), e.problem().code(), e.message())
                        .detailed(e.details());
        Duration delay = delay(e);
        return delay == null ? told : told.after(delay);
    }

    /// The failure of a call; `now` is the slot as it is, where it is known.
    static ProviderException asFailure(
            SlotException e, String slot, Optional<SlotStatus> now, Failure failure) {
        if (e.problem() == SlotProblem.CANCELLED) {
            return new ProviderException.Cancelled(e.message(), failure);
        }
        Duration delay = delay(e);
        Map<String, Object> details = new LinkedHashMap<>();
        details.putAll(e.details());
        details.put("slot", slot);
        now.ifPresent(status -> {
            details.put("state", status.state().word());
            Object progress = status.extra().get("progress");
            if (progress != null) {
                details.putIfAbsent("progress", progress);
            }
        });
        if (delay != null) {
            details.put("retry_after_s", Math.max(1, delay.toSeconds()));
        }
        return new ProviderException.NotReady(
                e.message(),
                failure,
                kind(e.problem()),
                new ProviderException.NotReady.Told(
                        e.problem().code(), status(e.problem()), delay, details),
                e);
    }
}
