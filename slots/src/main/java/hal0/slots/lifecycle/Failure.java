package hal0.slots.lifecycle;

import hal0.slots.error.SlotException;
import hal0.slots.error.SlotProblem;
import java.util.Map;

/// Why something did not work out, as a value that a state can hold.
///
/// **Shape** as in [SlotException], which it becomes for each who waited.
public record Failure(SlotProblem problem, String message, Map<String, Object> details) {
    public Failure {
        details = Map.copyOf(details);
    }

    static Failure of(SlotProblem problem, String message) {
        return new Failure(problem, message, Map.of());
    }

    static Failure of(SlotException e) {
        return new Failure(e.problem(), e.message(), e.details());
    }

    boolean isEngineGone() {
        return problem == SlotProblem.RUNTIME_UNAVAILABLE;
    }

    public SlotException exception() {
        return SlotException.of(problem, message).with(details);
    }
}
