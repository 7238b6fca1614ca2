package hal0.agent.tool;

import com.fasterxml.jackson.databind.node.ObjectNode;
import hal0.providers.message.Tool;

/// Something that a model can do. **Threads** any.
public interface AgentTool {

    /// What the model is told of it.
    Tool definition();

    /// Whether it can change anything; what writes is not offered in plan mode.
    boolean writes();

    /// Reads the arguments of a call; looks at files where it must, changes nothing.
    ///
    /// **Errors** [ToolException] saying what is wrong with them, in words for the model.
    PlannedCall plan(ObjectNode arguments);

    default String name() {
        return definition().name();
    }
}
