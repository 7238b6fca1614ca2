package hal0.providers.gemini;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import hal0.providers.dialect.Json;
import hal0.providers.message.Part;
import hal0.providers.message.Protocol;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// One part of a content as the model sent it: which kind it is shows in the fields it has.
///
/// **Source** types.Part and types.FunctionCall at googleapis.github.io/js-genai, read 2026-11-21.
final class AnswerPart {
    private @Nullable String text;
    private boolean thought;
    private @Nullable String signature;
    private boolean call;
    private @Nullable String callId;
    private @Nullable String callName;
    private String arguments = "";
    private @Nullable String foreign;

    private AnswerPart() {}

    /// The object at hand.
    static AnswerPart read(JsonParser p) throws IOException {
        AnswerPart part = new AnswerPart();
        while (p.nextToken() == JsonToken.FIELD_NAME) {
            String name = p.currentName();
            JsonToken value = p.nextToken();
            switch (name) {
                case "text" -> part.text = nonEmpty(p);
                case "thought" -> {
                    part.thought = value == JsonToken.VALUE_TRUE;
                    p.skipChildren();
                }
                case "thoughtSignature" -> part.signature = nonEmpty(p);
                case "functionCall" -> part.call(p);
                case "inlineData",
                        "fileData",
                        "executableCode",
                        "codeExecutionResult",
                        "toolCall",
                        "toolResponse" ->
                        part.foreign = field(name, Json.raw(p));
                default -> p.skipChildren();
            }
        }
        return part;
    }

    private void call(JsonParser p) throws IOException {
        if (p.currentToken() != JsonToken.START_OBJECT) {
            p.skipChildren();
            return;
        }
        call = true;
        while (p.nextToken() == JsonToken.FIELD_NAME) {
            String name = p.currentName();
            JsonToken value = p.nextToken();
            switch (name) {
                case "id" -> callId = nonEmpty(p);
                case "name" -> callName = nonEmpty(p);
                case "args" -> {
                    if (value == JsonToken.START_OBJECT) {
                        arguments = Json.raw(p);
                    } else {
                        p.skipChildren();
                    }
                }
                default -> p.skipChildren();
            }
        }
    }

    private static @Nullable String nonEmpty(JsonParser p) throws IOException {
        String text = Json.text(p);
        return text == null || text.isEmpty() ? null : text;
    }

    /// What is said; null for nothing.
    @Nullable String text() {
        return text;
    }

    /// Whether the text is a thought.
    boolean isThought() {
        return thought;
    }

    boolean isCall() {
        return call;
    }

    @Nullable String callId() {
        return callId;
    }

    @Nullable String callName() {
        return callName;
    }

    /// A JSON object as text; empty for none.
    String arguments() {
        return arguments;
    }

    @Nullable String signature() {
        return signature;
    }

    /// What the neutral conversation has no word for, with its signature; else null.
    Part.@Nullable Opaque opaque() {
        if (foreign == null) {
            return null;
        }
        String thinking = thought ? "," + field("thought", "true") : "";
        String signed =
                signature == null
                        ? ""
                        : "," + field("thoughtSignature", OpenApiSchema.quoted(signature));
        return new Part.Opaque(Protocol.GEMINI, "{" + foreign + thinking + signed + "}");
    }

    private static String field(String name, String json) {
        return '"' + name + "\":" + json;
    }
}
