package hal0.relay.mcp.protocol;

import io.modelcontextprotocol.spec.McpSchema.GetPromptResult;
import io.modelcontextprotocol.spec.McpSchema.Prompt;
import java.util.Map;
import java.util.function.Function;

/// A prompt: how it is described, and what it says for given arguments; those that must be there
/// are.
public record OfferedPrompt(
        Prompt description, Function<Map<String, String>, GetPromptResult> text) {
    public String name() {
        return description.name();
    }
}
