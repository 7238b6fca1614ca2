package hal0.relay.mcp.protocol;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.json.jackson2.JacksonMcpJsonMapper;
import io.modelcontextprotocol.spec.McpError;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.ErrorCodes;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/// Messages as JSON, both ways: what comes is a stranger's, and bounded in depth.
final class Wire {
    private static final int DEEPEST = 64;

    private final JsonMapper json =
            JsonMapper.builder(
                            JsonFactory.builder()
                                    .streamReadConstraints(
                                            StreamReadConstraints.builder()
                                                    .maxNestingDepth(DEEPEST)
                                                    .build())
                                    .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                    .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .defaultPropertyInclusion(
                            JsonInclude.Value.construct(
                                    JsonInclude.Include.NON_NULL, JsonInclude.Include.ALWAYS))
                    .build();
    private final McpJsonMapper mapper = new JacksonMcpJsonMapper(json);

    McpJsonMapper mapper() {
        return mapper;
    }

    ObjectNode object() {
        return json.createObjectNode();
    }

    String json(Object message) {
        try {
            return json.writeValueAsString(message);
        } catch (JsonProcessingException e) {
            // Messages of ours can be written.
            throw new UncheckedIOException(e);
        }
    }

    /// **Errors** [Refused] for what is not JSON.
    JsonNode tree(byte[] body) {
        try {
            JsonNode tree = json.readTree(body);
            if (tree == null || tree.isMissingNode()) {
                throw new Refused(400, ErrorCodes.PARSE_ERROR, "the body is empty");
            }
            return tree;
        } catch (JsonProcessingException e) {
            // Its own message may repeat what was sent.
            var at = e.getLocation();
            String place =
                    at == null
                            ? ""
                            : " (line %d, column %d)".formatted(at.getLineNr(), at.getColumnNr());
            throw new Refused(400, ErrorCodes.PARSE_ERROR, "the body is not JSON" + place);
        } catch (IOException e) {
            // Memory does not fail to be read.
            throw new UncheckedIOException(e);
        }
    }

    /// The parameters of a request in the SDK's own type.
    ///
    /// **Errors** [McpError] that says so where they are not such.
    <T> T params(@Nullable Object params, Class<T> type) {
        try {
            return json.convertValue(params == null ? json.createObjectNode() : params, type);
        } catch (IllegalArgumentException e) {
            // Its own message repeats what was sent, and the names of classes.
            throw invalid("the params are not those of such a request; see the specification");
        }
    }

    /// The same as maps, lists and texts.
    @Nullable Object plain(@Nullable JsonNode tree) {
        return json.convertValue(tree, Object.class);
    }

    ObjectNode arguments(@Nullable Object arguments) {
        return arguments == null ? json.createObjectNode() : json.valueToTree(arguments);
    }

    static McpError invalid(String message) {
        return McpError.builder(ErrorCodes.INVALID_PARAMS).message(message).build();
    }

    /// The body that tells of a refusal.
    byte[] error(@Nullable Object id, int code, String message) {
        ObjectNode error = json.createObjectNode();
        error.put("jsonrpc", McpSchema.JSONRPC_VERSION);
        error.set("id", json.valueToTree(id));
        error.putObject("error").put("code", code).put("message", message);
        try {
            return json.writeValueAsBytes(error);
        } catch (JsonProcessingException e) {
            // A tree of ours can be written.
            throw new UncheckedIOException(e);
        }
    }
}
