package hal0.providers.openai;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import hal0.providers.dialect.InvalidRequestException;
import hal0.providers.dialect.Json;
import hal0.providers.dialect.RequestValue;
import hal0.providers.event.StreamEvent;
import hal0.providers.message.Part;
import hal0.providers.message.Protocol;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// OpenRouter's list of what a model thought: the only place of this protocol for signatures, and
/// for thoughts that are encrypted.
///
/// **Shape** `{type: reasoning.text, text, signature}`, `{type: reasoning.encrypted, data}`,
/// `{type: reasoning.summary, summary}`, each with a `format` that says whose it is (Anthropic's if
/// it is missing) and an `index`; a stream gives pieces, of which those of one index are one. What
/// is encrypted in another format than Anthropic's goes back as it came. **Source**
/// src/schemas/reasoning-details.ts in OpenRouterTeam/ai-sdk-provider; the page Reasoning Tokens of
/// openrouter.ai/docs; read 2026-11-21.
final class ReasoningDetails {
    static final String FIELD = "reasoning_details";
    static final String TEXT = "reasoning.text";
    static final String ENCRYPTED = "reasoning.encrypted";
    static final String SUMMARY = "reasoning.summary";

    private ReasoningDetails() {}

    /// Whether what is encrypted in that format is Anthropic's.
    static boolean isAnthropic(@Nullable String format) {
        return format == null || format.startsWith("anthropic");
    }

    static void write(JsonGenerator json, List<Part> thoughts) throws IOException {
        if (thoughts.isEmpty()) {
            return;
        }
        json.writeArrayFieldStart(FIELD);
        for (int i = 0; i < thoughts.size(); i++) {
            write(json, thoughts.get(i), i);
        }
        json.writeEndArray();
    }

    private static void write(JsonGenerator json, Part thought, int index) throws IOException {
        switch (thought) {
            case Part.Thinking(var text, var signature) -> text(json, text, signature, index);
            case Part.RedactedThinking(var data) -> encrypted(json, data, index);
            case Part.Opaque(_, var raw) -> Json.writeRaw(json, raw);
            case Part.Text _,
                    Part.Image _,
                    Part.Document _,
                    Part.Audio _,
                    Part.Cache _,
                    Part.ToolCall _,
                    Part.ToolResult _ -> {}
        }
    }

    static void text(
            JsonGenerator json, @Nullable String text, @Nullable String signature, int index)
            throws IOException {
        json.writeStartObject();
        json.writeStringField("type", TEXT);
        if (text != null) {
            json.writeStringField("text", text);
        }
        if (signature != null) {
            json.writeStringField("signature", signature);
        }
        json.writeNumberField("index", index);
        json.writeEndObject();
    }

    static void encrypted(JsonGenerator json, String data, int index) throws IOException {
        json.writeStartObject();
        json.writeStringField("type", ENCRYPTED);
        json.writeStringField("data", data);
        json.writeNumberField("index", index);
        json.writeEndObject();
    }

    /// Reads what a client sends back, in the order it stands in, pieces put together.
    static List<Part> read(RequestValue details) throws InvalidRequestException {
        List<Part> parts = new ArrayList<>();
        Map<Long, Integer> places = new LinkedHashMap<>();
        for (RequestValue detail : details.elements()) {
            String type = detail.needString("type");
            if (type.equals(TEXT)) {
                text(detail, parts, places);
            } else if (type.equals(ENCRYPTED) && isAnthropic(detail.findString("format"))) {
                parts.add(new Part.RedactedThinking(detail.needString("data")));
            } else {
                parts.add(new Part.Opaque(Protocol.OPENAI, detail.raw()));
            }
        }
        return parts;
    }

    private static void text(RequestValue detail, List<Part> parts, Map<Long, Integer> places)
            throws InvalidRequestException {
        String text = detail.findString("text");
        String signature = detail.findString("signature");
        RequestValue index = detail.find("index");
        Integer at = index == null ? null : places.get(index.integer());
        String words = text == null ? "" : text;
        if (at != null && parts.get(at) instanceof Part.Thinking(var before, var signed)) {
            parts.set(
                    at, new Part.Thinking(before + words, signature == null ? signed : signature));
            return;
        }
        if (words.isEmpty() && signature == null) {
            return;
        }
        if (index != null) {
            places.put(index.integer(), parts.size());
        }
        parts.add(new Part.Thinking(words, signature));
    }

    /// Reads the list at hand in an answer; tells whether it had words, which are given on if
    /// `words`.
    static boolean events(JsonParser p, boolean words, Consumer<StreamEvent> out)
            throws IOException {
        if (p.currentToken() != JsonToken.START_ARRAY) {
            p.skipChildren();
            return false;
        }
        boolean had = false;
        while (p.nextToken() == JsonToken.START_OBJECT) {
            had |= event(Json.raw(p), words, out);
        }
        return had;
    }

    private static boolean event(String raw, boolean words, Consumer<StreamEvent> out)
            throws IOException {
        Map<String, String> detail = new HashMap<>();
        try (JsonParser p = Json.parser(raw)) {
            p.nextToken();
            while (p.nextToken() == JsonToken.FIELD_NAME) {
                String name = p.currentName();
                p.nextToken();
                String value = Json.text(p);
                if (value != null && !value.isEmpty()) {
                    detail.put(name, value);
                }
            }
        }
        String type = detail.getOrDefault("type", "");
        String said = detail.get(type.equals(SUMMARY) ? "summary" : "text");
        String signature = detail.get("signature");
        String data = detail.get("data");
        if (type.equals(ENCRYPTED) && data != null) {
            out.accept(
                    isAnthropic(detail.get("format"))
                            ? new StreamEvent.RedactedThinking(data)
                            : new StreamEvent.OpaquePart(new Part.Opaque(Protocol.OPENAI, raw)));
            return false;
        }
        if (said != null && words) {
            out.accept(new StreamEvent.ThinkingDelta(said));
        }
        if (signature != null) {
            out.accept(new StreamEvent.ThinkingSignature(signature));
        }
        if (!type.equals(TEXT) && !type.equals(SUMMARY)) {
            out.accept(new StreamEvent.OpaquePart(new Part.Opaque(Protocol.OPENAI, raw)));
        }
        return said != null;
    }
}
