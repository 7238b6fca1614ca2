package hal0.agent;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Who may be given a task of their own within a conversation.
public interface SubAgents {

    /// What the model is told of those that have names, a line each; empty when there are none.
    Optional<String> described();

    /// The one of that name; null for the usual one.
    ///
    /// **Errors** [ToolException] naming those that there are.
    SubAgent find(@Nullable String name);

    /// Who does a task. `reads` when none of its tools can change anything, so that several may
    /// work at a time.
    record SubAgent(
            Agent.Choice choice, @Nullable String system, Equipment equipment, boolean reads) {}
}
