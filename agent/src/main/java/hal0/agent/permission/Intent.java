package hal0.agent.permission;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A call that wants to be run: which tool, in one line for people, and what it would do.
///
/// **Shape** `preview` shows what the title does not: the change as a unified diff, or all of what
/// the title cuts.
public record Intent(
        String callId, String tool, String title, List<Deed> deeds, @Nullable String preview) {
    public Intent {
        deeds = List.copyOf(deeds);
    }
}
