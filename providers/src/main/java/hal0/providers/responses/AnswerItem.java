package hal0.providers.responses;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import hal0.providers.dialect.Json;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One item of an answer, begun or whole, as it stands on the wire.
///
/// **Source** resources/responses/responses.d.ts (`ResponseOutputItem`) in the npm package openai
/// 6.49.0, read 2026-11-21. Its fields come in any order: GitHub Copilot has `type` last
/// (github-copilot-id-rotation.1.chunks.txt under packages/openai/src/responses/\_\_fixtures\_\_ in
/// vercel/ai).
final class AnswerItem {
    /// A text of a message, a summary or raw reasoning.
    record Text(@Nullable String words, boolean refusal) {}

    private final String raw;
    private @Nullable String type;
    private @Nullable String id;
    private @Nullable String callId;
    private @Nullable String name;
    private @Nullable String namespace;
    private String arguments = "";
    private @Nullable String encrypted;
    private @Nullable String phase;
    private List<Text> summary = List.of();
    private List<Text> content = List.of();

    private AnswerItem(String raw) {
        this.raw = raw;
    }

    /// The object at hand, null for anything else.
    static @Nullable AnswerItem read(JsonParser p) throws IOException {
        if (p.currentToken() != JsonToken.START_OBJECT) {
            p.skipChildren();
            return null;
        }
        AnswerItem item = new AnswerItem(Json.raw(p));
        try (JsonParser again = Json.parser(item.raw)) {
            again.nextToken();
            item.object(again);
        }
        return item;
    }

    private void object(JsonParser p) throws IOException {
        while (p.nextToken() == JsonToken.FIELD_NAME) {
            String field = p.currentName();
            p.nextToken();
            switch (field) {
                case "type" -> type = Json.text(p);
                case "id" -> id = Json.text(p);
                case "call_id" -> callId = nonEmpty(p);
                case "name" -> name = nonEmpty(p);
                case Namespaces.TYPE -> namespace = nonEmpty(p);
                case "arguments" -> arguments(p);
                case "encrypted_content" -> encrypted = nonEmpty(p);
                case "phase" -> phase = nonEmpty(p);
                case "summary" -> summary = texts(p);
                case "content" -> content = texts(p);
                default -> p.skipChildren();
            }
        }
    }

    /// Text; some servers send the object itself.
    private void arguments(JsonParser p) throws IOException {
        String text = p.currentToken() == JsonToken.START_OBJECT ? Json.raw(p) : Json.text(p);
        arguments = text == null ? "" : text;
    }

    private static @Nullable String nonEmpty(JsonParser p) throws IOException {
        String text = Json.text(p);
        return text == null || text.isEmpty() ? null : text;
    }

    private static List<Text> texts(JsonParser p) throws IOException {
        if (p.currentToken() != JsonToken.START_ARRAY) {
            p.skipChildren();
            return List.of();
        }
        List<Text> texts = new ArrayList<>();
        while (p.nextToken() != JsonToken.END_ARRAY) {
            if (p.currentToken() == JsonToken.START_OBJECT) {
                texts.add(text(p));
            } else {
                p.skipChildren();
            }
        }
        return texts;
    }

    private static Text text(JsonParser p) throws IOException {
        String words = null;
        boolean refusal = false;
        while (p.nextToken() == JsonToken.FIELD_NAME) {
            String field = p.currentName();
            p.nextToken();
            switch (field) {
                case "text" -> words = Json.text(p);
                case "refusal" -> {
                    refusal = true;
                    words = Json.text(p);
                }
                default -> p.skipChildren();
            }
        }
        return new Text(words, refusal);
    }

    /// The whole item as JSON.
    String raw() {
        return raw;
    }

    String type() {
        return type == null ? "" : type;
    }

    String id() {
        return id == null ? "" : id;
    }

    @Nullable String callId() {
        return callId;
    }

    /// With the name of its group, if it is in one.
    @Nullable String name() {
        boolean grouped = namespace != null && !namespace.equals(Namespaces.NO_GROUP);
        return name == null ? null : new Namespaces.Name(grouped ? namespace : null, name).joined();
    }

    String arguments() {
        return arguments;
    }

    @Nullable String encrypted() {
        return encrypted;
    }

    @Nullable String phase() {
        return phase;
    }

    List<Text> summary() {
        return summary;
    }

    List<Text> content() {
        return content;
    }
}
