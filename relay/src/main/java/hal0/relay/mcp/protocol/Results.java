package hal0.relay.mcp.protocol;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.TextContent;
import java.util.List;

/// What calls of tools come to.
public final class Results {
    private Results() {}

    /// A text that says why the call came to nothing.
    public static CallToolResult error(String message) {
        return new CallToolResult(List.of(new TextContent(null, message, null)), true, null, null);
    }

    public static CallToolResult text(String text) {
        return new CallToolResult(List.of(new TextContent(null, text, null)), false, null, null);
    }

    /// An object, and the same as a text for clients that read only that.
    public static CallToolResult of(ObjectNode object) {
        return new CallToolResult(
                List.of(new TextContent(null, object.toString(), null)), false, object, null);
    }
}
