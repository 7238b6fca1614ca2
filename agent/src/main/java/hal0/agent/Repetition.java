package hal0.agent;

import hal0.agent.tool.ToolOutcome;
import hal0.providers.message.Part;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Notices a call that keeps failing: a model that does not see it would go on for ever.
///
/// **Shape** a test that fails again after each edit is work and not repetition, so a change of
/// files begins all counts anew, and a success of a tool those of that tool. **Threads** one.
final class Repetition {
    private static final int MOST = 3;

    /// How often a call failed, by tool and arguments.
    private final Map<String, Map<String, Integer>> failures = new HashMap<>();

    private @Nullable String stuck;

    void ended(Part.ToolCall call, ToolOutcome outcome) {
        if (outcome.failed()) {
            failed(call);
            return;
        }
        failures.remove(call.name());
        if (outcome.diff() != null) {
            failures.clear();
        }
    }

    private void failed(Part.ToolCall call) {
        int count =
                failures.computeIfAbsent(call.name(), _ -> new HashMap<>())
                        .merge(call.arguments(), 1, Integer::sum);
        if (count == MOST) {
            stuck =
                    "the same call of %s failed %d times, so the turn was ended"
                            .formatted(call.name(), MOST);
        }
    }

    /// Why the turn should end.
    Optional<String> stuck() {
        return Optional.ofNullable(stuck);
    }
}
