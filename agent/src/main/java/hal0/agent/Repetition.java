package hal0.agent;

import hal0.providers.message.Part;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Notices a call that keeps failing the same way: a model that does not see it would go on for
/// ever. **Threads** one.
final class Repetition {
    private static final int MOST = 3;

    private final Map<String, Integer> failures = new HashMap<>();
    private @Nullable String stuck;

    void ended(Part.ToolCall call, boolean failed) {
        String key = call.name() + '\n' + call.arguments();
        if (!failed) {
            failures.remove(key);
            return;
        }
        if (failures.merge(key, 1, Integer::sum) == MOST) {
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
