package hal0.relay.mcp.tool;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hal0.relay.error.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collection;

/// What `/api` writes, as trees: one form of everything, wherever it is told.
public final class Trees {
    private static final ObjectMapper JSON = new ObjectMapper();

    private Trees() {}

    public static ObjectNode object() {
        return JSON.createObjectNode();
    }

    /// Writes one value.
    public interface Writing<T> {
        void write(JsonGenerator json, T value) throws IOException;
    }

    /// The object that is written.
    public static ObjectNode object(Json.Writing writing) {
        return (ObjectNode) tree(Json.bytes(writing));
    }

    private static JsonNode tree(byte[] json) {
        try {
            return JSON.readTree(json);
        } catch (IOException e) {
            // What was written a moment ago can be read.
            throw new UncheckedIOException(e);
        }
    }

    /// An object with that list.
    public static <T> ObjectNode list(String name, Collection<T> all, Writing<T> writing) {
        ObjectNode object = JSON.createObjectNode();
        ArrayNode list = object.putArray(name);
        for (T each : all) {
            list.add(tree(Json.bytes(json -> writing.write(json, each))));
        }
        return object;
    }
}
