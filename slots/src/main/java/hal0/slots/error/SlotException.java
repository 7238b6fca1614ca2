package hal0.slots.error;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Something that could not be done with a slot.
///
/// **Shape** the message says what failed, on which slot, why and what to do; it is fit to be shown
/// and holds no secret. `details` are further facts for programs, of the types of JSON;
/// `retryAfter` is set where asking again later can help.
public final class SlotException extends RuntimeException {
    private final SlotProblem problem;
    private final transient Map<String, Object> details;
    private final @Nullable Duration retryAfter;

    private SlotException(
            SlotProblem problem,
            String message,
            Map<String, Object> details,
            @Nullable Duration retryAfter,
            @Nullable Throwable cause) {
        super(message, cause);
        this.problem = problem;
        this.details = Map.copyOf(details);
        this.retryAfter = retryAfter;
    }

    public static SlotException of(SlotProblem problem, String message) {
        return new SlotException(problem, message, Map.of(), null, null);
    }

    /// The same, because of another failure, which the message tells already.
    public static SlotException of(SlotProblem problem, String message, Throwable cause) {
        return new SlotException(problem, message, Map.of(), null, cause);
    }

    /// The same, with further facts.
    public SlotException with(Map<String, Object> facts) {
        return new SlotException(problem, message(), facts, retryAfter, getCause());
    }

    /// The same, worth another try after that long.
    public SlotException after(Duration delay) {
        return new SlotException(problem, message(), details, delay, getCause());
    }

    public SlotProblem problem() {
        return problem;
    }

    public String message() {
        return String.valueOf(getMessage());
    }

    public Map<String, Object> details() {
        return details;
    }

    public @Nullable Duration retryAfter() {
        return retryAfter;
    }
}
