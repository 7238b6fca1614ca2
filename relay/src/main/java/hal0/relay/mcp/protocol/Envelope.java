package hal0.relay.mcp.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.modelcontextprotocol.spec.McpSchema.ErrorCodes;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCNotification;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCRequest;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCResponse;
import org.jspecify.annotations.Nullable;

/// One message of a client, told apart from the other kinds.
///
/// **Source** jsonrpc.org/specification; modelcontextprotocol.io/specification 2025-06-18, which
/// took batches out; read 2026-11-22.
sealed interface Envelope {
    record Request(JSONRPCRequest message) implements Envelope {}

    record Notification(JSONRPCNotification message) implements Envelope {}

    record Response(JSONRPCResponse message) implements Envelope {}

    /// **Errors** [Refused] that says what is wrong with it.
    static Envelope of(byte[] body, Wire wire) {
        JsonNode tree = wire.tree(body);
        if (tree.isArray()) {
            throw refused("batches were taken out of the protocol; send one message a request");
        }
        if (!(tree instanceof ObjectNode object)) {
            throw refused("a message is a JSON object");
        }
        if (!object.path("jsonrpc").asText().equals("2.0")) {
            throw refused("\"jsonrpc\" has to be \"2.0\"");
        }
        @Nullable Object id = id(object);
        JsonNode method = object.get("method");
        if (method == null) {
            return response(object, id, wire);
        }
        if (!method.isTextual() || method.asText().isEmpty()) {
            throw refused("\"method\" has to be a text");
        }
        JsonNode params = object.get("params");
        if (params != null && !params.isObject()) {
            throw refused("\"params\" has to be an object");
        }
        return id == null
                ? new Notification(new JSONRPCNotification("2.0", method.asText(), params))
                : new Request(new JSONRPCRequest("2.0", method.asText(), id, params));
    }

    private static Response response(ObjectNode object, @Nullable Object id, Wire wire) {
        JsonNode error = object.get("error");
        if (id == null || (object.get("result") == null) == (error == null)) {
            throw refused("a message has a \"method\", or an \"id\" with a result or an error");
        }
        if (error == null) {
            return new Response(
                    new JSONRPCResponse("2.0", id, wire.plain(object.get("result")), null));
        }
        return new Response(
                new JSONRPCResponse(
                        "2.0",
                        id,
                        null,
                        new JSONRPCResponse.JSONRPCError(
                                error.path("code").asInt(), error.path("message").asText())));
    }

    /// Null where there is none.
    private static @Nullable Object id(ObjectNode object) {
        JsonNode id = object.get("id");
        if (id == null) {
            return null;
        }
        if (id.isTextual()) {
            return id.asText();
        }
        if (id.isIntegralNumber() && id.canConvertToLong()) {
            return id.asLong();
        }
        throw refused("\"id\" has to be a text or a whole number");
    }

    private static Refused refused(String message) {
        return new Refused(400, ErrorCodes.INVALID_REQUEST, message);
    }
}
