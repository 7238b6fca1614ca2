package hal0.relay.mcp.protocol;

import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.Tool;

/// A tool: how it is described, and what calling it does.
public record OfferedTool(Tool description, Tier tier, Work work) {
    public String name() {
        return description.name();
    }

    /// **Errors** [ToolException] for what the model is to read; anything else is a fault of ours.
    /// **Threads** the call's own; may block.
    @FunctionalInterface
    public interface Work {
        CallToolResult of(Call call);
    }
}
