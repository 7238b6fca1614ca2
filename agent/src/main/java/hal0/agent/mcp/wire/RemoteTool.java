package hal0.agent.mcp.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Objects;

/// A tool as its server tells of it.
///
/// **Shape** `schema` is an object. `readOnly` is the server's word and nobody's promise.
public record RemoteTool(String name, String description, ObjectNode schema, boolean readOnly) {
    public RemoteTool {
        Objects.requireNonNull(name);
        schema = schema.deepCopy();
    }

    static RemoteTool of(JsonNode tool) {
        String description = tool.path("description").asText("").strip();
        String title = tool.path("title").asText(tool.at("/annotations/title").asText(""));
        return new RemoteTool(
                tool.path("name").asText(),
                description.isEmpty() ? title : description,
                tool.path("inputSchema") instanceof ObjectNode schema
                        ? schema
                        : JsonNodeFactory.instance.objectNode(),
                tool.at("/annotations/readOnlyHint").asBoolean(false));
    }
}
