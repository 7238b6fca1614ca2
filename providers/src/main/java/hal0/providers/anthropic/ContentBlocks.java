package hal0.providers.anthropic;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import hal0.providers.dialect.Json;
import hal0.providers.event.StreamEvent;
import hal0.providers.message.Part;
import hal0.providers.message.Protocol;
import java.io.IOException;
import java.io.StringWriter;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The content blocks of one answer, turned into events.
///
/// **Source** src/anthropic/types/raw_content_block_delta.py and
/// tests/lib/streaming/fixtures/tool_use_response.txt in anthropics/anthropic-sdk-python, read
/// 2026-11-21.
final class ContentBlocks {

    /// A content block, or a piece of one: which it is shows in the fields it has.
    static final class Block {
        private @Nullable String type;
        private @Nullable String text;
        private @Nullable String thinking;
        private @Nullable String signature;
        private @Nullable String data;
        private @Nullable String id;
        private @Nullable String name;
        private @Nullable String partialJson;
        private @Nullable String input;
        private @Nullable String stopReason;
        private @Nullable String stopSequence;
        private @Nullable String raw;

        @Nullable String stopSequence() {
            return stopSequence;
        }

        @Nullable String stopReason() {
            return stopReason;
        }

        /// The object at hand, null for anything else.
        static @Nullable Block read(JsonParser p) throws IOException {
            if (p.currentToken() != JsonToken.START_OBJECT) {
                p.skipChildren();
                return null;
            }
            Block block = new Block();
            while (p.nextToken() == JsonToken.FIELD_NAME) {
                String field = p.currentName();
                p.nextToken();
                block.field(field, p);
            }
            return block;
        }

        /// The block at hand, which may be of a kind that goes on as it came; null for anything
        /// else.
        static @Nullable Block whole(JsonParser p) throws IOException {
            if (p.currentToken() != JsonToken.START_OBJECT) {
                p.skipChildren();
                return null;
            }
            String raw = Json.raw(p);
            try (JsonParser within = Json.parser(raw)) {
                within.nextToken();
                Block block = read(within);
                if (block != null) {
                    block.raw = raw;
                }
                return block;
            }
        }

        private boolean isKnown() {
            return type == null
                    || switch (type) {
                        case "text", "thinking", "redacted_thinking", "tool_use" -> true;
                        default -> false;
                    };
        }

        private void field(String field, JsonParser p) throws IOException {
            switch (field) {
                case "type" -> type = Json.text(p);
                case "text" -> text = Json.text(p);
                case "thinking" -> thinking = Json.text(p);
                case "signature" -> signature = Json.text(p);
                case "data" -> data = Json.text(p);
                case "id" -> id = Json.text(p);
                case "name" -> name = Json.text(p);
                case "partial_json" -> partialJson = Json.text(p);
                case "stop_reason" -> stopReason = Json.text(p);
                case "stop_sequence" -> stopSequence = Json.text(p);
                case "input" -> {
                    if (p.currentToken() == JsonToken.START_OBJECT) {
                        input = Json.raw(p);
                    } else {
                        p.skipChildren();
                    }
                }
                default -> p.skipChildren();
            }
        }
    }

    private final Map<Integer, Integer> toolOfBlock = new HashMap<>();
    private @Nullable String opaque;
    private final StringBuilder opaqueInput = new StringBuilder();

    /// A block begins, or is there as a whole.
    void begin(@Nullable Block b, int at, Consumer<StreamEvent> out) {
        if (b == null) {
            return;
        }
        if ("tool_use".equals(b.type)) {
            int tool = toolOfBlock.size();
            toolOfBlock.put(at, tool);
            // A stream begins with an empty input whose text then follows; a whole answer has it
            // here.
            String input = b.input == null || b.input.equals("{}") ? "" : b.input;
            out.accept(new StreamEvent.ToolCallDelta(tool, b.id, b.name, input));
        } else if ("redacted_thinking".equals(b.type) && b.data != null) {
            out.accept(new StreamEvent.RedactedThinking(b.data));
        } else if (b.raw != null && !b.isKnown()) {
            opaque = b.raw;
            opaqueInput.setLength(0);
        } else {
            goOn(b, at, out);
        }
    }

    /// A block is over. What the provider's own tools were asked comes in pieces too.
    void end(int at, Consumer<StreamEvent> out) throws IOException {
        if (opaque == null || toolOfBlock.containsKey(at)) {
            return;
        }
        String json = opaqueInput.isEmpty() ? opaque : withInput(opaque, opaqueInput.toString());
        opaque = null;
        out.accept(new StreamEvent.OpaquePart(new Part.Opaque(Protocol.ANTHROPIC, json)));
    }

    private static String withInput(String block, String input) throws IOException {
        StringWriter text = new StringWriter();
        try (JsonParser p = Json.parser(block);
                JsonGenerator json = Json.generator(text)) {
            p.nextToken();
            json.writeStartObject();
            while (p.nextToken() == JsonToken.FIELD_NAME) {
                json.writeFieldName(p.currentName());
                boolean replaced = p.currentName().equals("input") && Json.isObject(input);
                p.nextToken();
                if (replaced) {
                    p.skipChildren();
                    Json.writeRaw(json, input);
                } else {
                    json.copyCurrentStructureExact(p);
                }
            }
            json.writeEndObject();
        }
        return text.toString();
    }

    /// A piece of a block that began.
    void goOn(@Nullable Block b, int at, Consumer<StreamEvent> out) {
        if (b == null) {
            return;
        }
        if (b.text != null && !b.text.isEmpty()) {
            out.accept(new StreamEvent.TextDelta(b.text));
        }
        if (b.thinking != null && !b.thinking.isEmpty()) {
            out.accept(new StreamEvent.ThinkingDelta(b.thinking));
        }
        if (b.signature != null && !b.signature.isEmpty()) {
            out.accept(new StreamEvent.ThinkingSignature(b.signature));
        }
        if (opaque != null && b.partialJson != null) {
            opaqueInput.append(b.partialJson);
            return;
        }
        Integer tool = toolOfBlock.get(at);
        if (b.partialJson != null && !b.partialJson.isEmpty() && tool != null) {
            out.accept(new StreamEvent.ToolCallDelta(tool, null, null, b.partialJson));
        }
    }
}
