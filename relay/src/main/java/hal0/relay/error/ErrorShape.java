package hal0.relay.error;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonGenerator;
import hal0.providers.client.Dialects;
import hal0.providers.dialect.WireError;
import hal0.providers.message.Protocol;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// How an error of ours looks to a client: in the protocol that it speaks, or in ours.
///
/// **Shape** `protocol` is null for the control plane's: `{"error":{"code","message","details"}}`.
public record ErrorShape(@Nullable Protocol protocol) {
    public static final ErrorShape CONTROL = new ErrorShape(null);

    /// The shape for a path, whether or not there is a route for it.
    public static ErrorShape of(String path, @Nullable String anthropicVersion) {
        if (path.startsWith("/v1/messages")
                || (path.startsWith("/v1/") && anthropicVersion != null)) {
            return new ErrorShape(Protocol.ANTHROPIC);
        }
        if (path.equals("/v1beta") || path.startsWith("/v1beta/")) {
            return new ErrorShape(Protocol.GEMINI);
        }
        if (path.startsWith("/v1/responses")) {
            return new ErrorShape(Protocol.RESPONSES);
        }
        return path.equals("/v1") || path.startsWith("/v1/")
                ? new ErrorShape(Protocol.OPENAI)
                : CONTROL;
    }

    /// The whole body of an error answer.
    public byte[] bytes(RelayException error) {
        return protocol == null
                ? Json.bytes(json -> write(json, error))
                : Dialects.of(protocol).error(wire(error));
    }

    /// The event that ends a stream which failed after its head, as the protocol writes it.
    public byte[] event(RelayException error) {
        boolean named = protocol == Protocol.ANTHROPIC || protocol == Protocol.RESPONSES;
        String name = named ? "event: error\n" : "";
        return (name + "data: " + new String(bytes(error), UTF_8) + "\n\n").getBytes(UTF_8);
    }

    /// The error in the words that every protocol has a form for.
    public static WireError wire(RelayException error) {
        return new WireError(
                error.status(), error.code(), error.message(), error.parameter(), error.details());
    }

    private static void write(JsonGenerator json, RelayException error) throws IOException {
        json.writeStartObject();
        json.writeObjectFieldStart("error");
        json.writeStringField("code", error.code());
        json.writeStringField("message", error.message());
        json.writeObjectFieldStart("details");
        if (error.retryAfter() != null) {
            json.writeNumberField("retry_after_s", error.retryAfter().toSeconds());
        }
        for (Map.Entry<String, Object> detail : new TreeMap<>(error.details()).entrySet()) {
            if (!detail.getKey().equals("retry_after_s")) {
                json.writeFieldName(detail.getKey());
                hal0.providers.dialect.Json.writeValue(json, detail.getValue());
            }
        }
        if (!error.fields().isEmpty()) {
            json.writeArrayFieldStart("fields");
            for (RelayException.Field field : error.fields()) {
                json.writeStartObject();
                json.writeStringField("loc", field.loc());
                json.writeStringField("msg", field.msg());
                json.writeEndObject();
            }
            json.writeEndArray();
        }
        json.writeEndObject();
        json.writeEndObject();
        json.writeEndObject();
    }
}
