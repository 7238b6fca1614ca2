package hal0.providers.responses;

import com.fasterxml.jackson.core.JsonGenerator;
import hal0.providers.dialect.Json;
import hal0.providers.dialect.ToolMedia;
import hal0.providers.message.Message;
import hal0.providers.message.Part;
import hal0.providers.message.Protocol;
import hal0.providers.message.Role;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Writes messages as the items of an input: one for each thing that was said, thought, called or
/// answered, in their order.
///
/// **Shape** items of ours carry no id where none is needed: what is not stored has none that the
/// API knows. A message of the model is plain text for the same reason. **Source**
/// `ResponseInputItem` in resources/responses/responses.d.ts of the npm package openai 6.49.0, read
/// 2026-11-21; OpenAI's own client leaves ids out too: codex-rs/protocol/src/models.rs in
/// openai/codex, read the same day.
final class InputWriter {
    private final JsonGenerator json;
    private final Namespaces names;
    private int proofs;
    private @Nullable String phase;

    InputWriter(JsonGenerator json, Namespaces names) {
        this.json = json;
        this.names = names;
    }

    void message(Message message) throws IOException {
        List<Part> content = new ArrayList<>();
        for (Part part : message.parts()) {
            switch (part) {
                case Part.Text _, Part.Image _, Part.Document _ -> {
                    if (message.role() == Role.ASSISTANT) {
                        item(part);
                    } else {
                        content.add(part);
                    }
                }
                // No word for a recording, nor for marks: caching needs none here.
                case Part.Audio _, Part.Cache _ -> {}
                case Part.Thinking _,
                        Part.RedactedThinking _,
                        Part.Opaque _,
                        Part.ToolCall _,
                        Part.ToolResult _ -> {
                    flush(message.role(), content);
                    item(part);
                }
            }
        }
        flush(message.role(), content);
        phase = null;
    }

    /// What stands on its own; a text does in a message of the model.
    private void item(Part part) throws IOException {
        switch (part) {
            case Part.Text(var text) -> said(text);
            case Part.Thinking(var text, var signature) -> {
                // Reasoning that is neither encrypted nor stored is refused.
                if (signature != null) {
                    thought(text, signature);
                }
            }
            case Part.RedactedThinking(var data) ->
                    proof(new CarriedProof.Redacted(data), List.of());
            case Part.Opaque opaque -> opaque(opaque);
            case Part.ToolCall call -> call(call);
            case Part.ToolResult result -> result(result);
            case Part.Image _, Part.Document _, Part.Audio _, Part.Cache _ -> {}
        }
    }

    private void said(String text) throws IOException {
        json.writeStartObject();
        json.writeStringField("type", "message");
        json.writeStringField("role", "assistant");
        json.writeStringField("content", text);
        if (phase != null) {
            json.writeStringField("phase", phase);
        }
        json.writeEndObject();
    }

    private void thought(String text, String signature) throws IOException {
        SealedReasoning sealed = SealedReasoning.open(signature);
        if (sealed == null) {
            List<SealedReasoning.Piece> summary =
                    text.isEmpty()
                            ? List.of()
                            : List.of(
                                    new SealedReasoning.Piece(SealedReasoning.Kind.SUMMARY, text));
            proof(new CarriedProof.Thought(signature), summary);
        } else {
            ReasoningItem.write(json, sealed.id(), sealed.pieces(text), sealed.encrypted());
        }
    }

    /// The id only has to be one: nobody stored the item.
    private void proof(CarriedProof proof, List<SealedReasoning.Piece> pieces) throws IOException {
        ReasoningItem.write(json, "rs_hal0_" + proofs++, pieces, proof.encrypted());
    }

    private void opaque(Part.Opaque part) throws IOException {
        if (part.origin() != Protocol.RESPONSES) {
            return;
        }
        String marked = MessagePhase.find(part);
        if (marked != null) {
            phase = marked;
        } else {
            Json.writeRaw(json, part.json());
        }
    }

    private void call(Part.ToolCall call) throws IOException {
        if (call.signature() != null) {
            proof(new CarriedProof.Call(call.id(), call.signature()), List.of());
        }
        json.writeStartObject();
        json.writeStringField("type", "function_call");
        json.writeStringField("call_id", call.id());
        Namespaces.Name name = names.name(call.name());
        json.writeStringField("name", name.name());
        if (name.namespace() != null) {
            json.writeStringField(Namespaces.TYPE, name.namespace());
        }
        json.writeStringField("arguments", call.arguments());
        json.writeEndObject();
    }

    /// One text is a string, which every server reads; more, or media, are a list.
    private void result(Part.ToolResult result) throws IOException {
        // There is no field for it, and a model that is not told takes the failure for an answer.
        List<Part> content =
                result.failed() ? ToolMedia.failed(result.content()) : result.content();
        List<Part> shown =
                content.stream()
                        .filter(part ->
                                part instanceof Part.Text
                                        || part instanceof Part.Image
                                        || part instanceof Part.Document)
                        .toList();
        json.writeStartObject();
        json.writeStringField("type", "function_call_output");
        json.writeStringField("call_id", result.callId());
        json.writeFieldName("output");
        if (shown.isEmpty()) {
            json.writeString("");
        } else {
            content(shown);
        }
        json.writeEndObject();
    }

    private void flush(Role role, List<Part> content) throws IOException {
        if (content.isEmpty()) {
            return;
        }
        json.writeStartObject();
        json.writeStringField("type", "message");
        json.writeStringField("role", role.name().toLowerCase(Locale.ROOT));
        json.writeFieldName("content");
        content(content);
        json.writeEndObject();
        content.clear();
    }

    private void content(List<Part> parts) throws IOException {
        if (parts.size() == 1 && parts.getFirst() instanceof Part.Text(var text)) {
            json.writeString(text);
            return;
        }
        json.writeStartArray();
        for (Part part : parts) {
            json.writeStartObject();
            switch (part) {
                case Part.Text(var text) -> {
                    json.writeStringField("type", "input_text");
                    json.writeStringField("text", text);
                }
                case Part.Image image -> InputMedia.image(json, image);
                case Part.Document document -> InputMedia.document(json, document);
                case Part.Thinking _,
                        Part.RedactedThinking _,
                        Part.Audio _,
                        Part.Cache _,
                        Part.Opaque _,
                        Part.ToolCall _,
                        Part.ToolResult _ ->
                        throw new IllegalStateException("not content: " + part);
            }
            json.writeEndObject();
        }
        json.writeEndArray();
    }
}
