package hal0.providers.anthropic;

import com.fasterxml.jackson.core.JsonGenerator;
import hal0.providers.dialect.CallArguments;
import hal0.providers.dialect.Json;
import hal0.providers.message.Part;
import hal0.providers.message.Protocol;
import java.io.IOException;
import java.util.List;

/// Writes the content blocks of an answer that goes to a client in one piece.
///
/// **Shape** as [BlockStream] writes them: thoughts without a signature have an empty one, and the
/// signature of a call goes before it.
final class AnswerBlocks {
    private AnswerBlocks() {}

    static void write(JsonGenerator json, List<Part> parts) throws IOException {
        for (Part part : parts) {
            switch (part) {
                case Part.Text(var text) -> {
                    json.writeStartObject();
                    json.writeStringField("type", "text");
                    json.writeStringField("text", text);
                    json.writeEndObject();
                }
                case Part.Thinking(var text, var signature) ->
                        thought(json, text, signature == null ? "" : signature);
                case Part.RedactedThinking(var data) -> {
                    json.writeStartObject();
                    json.writeStringField("type", "redacted_thinking");
                    json.writeStringField("data", data);
                    json.writeEndObject();
                }
                case Part.ToolCall call -> call(json, call);
                case Part.Opaque(var origin, var raw) -> {
                    if (origin == Protocol.ANTHROPIC) {
                        Json.writeRaw(json, raw);
                    }
                }
                // A model says none of these here.
                case Part.Image _,
                        Part.Document _,
                        Part.Audio _,
                        Part.Cache _,
                        Part.ToolResult _ -> {}
            }
        }
    }

    private static void thought(JsonGenerator json, String text, String signature)
            throws IOException {
        json.writeStartObject();
        json.writeStringField("type", "thinking");
        json.writeStringField("thinking", text);
        json.writeStringField("signature", signature);
        json.writeEndObject();
    }

    private static void call(JsonGenerator json, Part.ToolCall call) throws IOException {
        if (call.signature() != null) {
            thought(json, "", new CallSignature(call.id(), call.signature()).carried());
        }
        json.writeStartObject();
        json.writeStringField("type", "tool_use");
        json.writeStringField("id", call.id());
        json.writeStringField("name", call.name());
        json.writeFieldName("input");
        CallArguments.write(json, call.arguments());
        json.writeEndObject();
    }
}
