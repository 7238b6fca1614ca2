package hal0.agent.tool;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hal0.providers.message.Tool;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/// Reads what a model is told of a tool from `NAME.json` beside it: `description` and `schema`.
public final class ToolText {
    private static final ObjectMapper JSON = new ObjectMapper();

    private ToolText() {}

    /// **Errors** [IllegalStateException] for a tool without text, which is a fault of the build.
    public static Tool of(Class<?> beside, String name) {
        try (InputStream in = beside.getResourceAsStream(name + ".json")) {
            if (in == null) {
                throw new IllegalStateException("no text of the tool " + name);
            }
            JsonNode text = JSON.readTree(in);
            return new Tool(
                    name, text.path("description").asText(), text.path("schema").toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
