package hal0.agent.tool;

import hal0.agent.permission.Deed;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A call whose arguments were read: what it will do, and the doing.
public interface PlannedCall {

    /// One line for people: `edit src/Main.java`, `shell git status`.
    String title();

    /// What it would do, for permissions and checkpoints.
    List<Deed> deeds();

    /// Whether it may run beside others of its kind: reads only and asks nobody.
    default boolean parallel() {
        return false;
    }

    /// What the title does not show of it, for who is asked: the change as a unified diff, or all
    /// of what the title cuts; null when there is no more.
    default @Nullable String preview() {
        return null;
    }

    /// Does it. Blocks; a cancelled token ends it soon.
    ///
    /// **Errors** [ToolException] in words for the model.
    ToolOutcome run(ToolRun run);
}
