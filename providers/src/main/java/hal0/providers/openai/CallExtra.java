package hal0.providers.openai;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import hal0.providers.dialect.InvalidRequestException;
import hal0.providers.dialect.Json;
import hal0.providers.dialect.RequestValue;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// `extra_content` of a tool call, in which Google's server of this protocol sends the signature of
/// the thought that led to it, and wants it back.
///
/// **Source** ai.google.dev/gemini-api/docs/thought-signatures, the part on OpenAI compatibility;
/// read 2026-11-21.
final class CallExtra {
    static final String FIELD = "extra_content";
    private static final String GOOGLE = "google";
    private static final String SIGNATURE = "thought_signature";

    private CallExtra() {}

    static void write(JsonGenerator json, String signature) throws IOException {
        json.writeObjectFieldStart(FIELD);
        json.writeObjectFieldStart(GOOGLE);
        json.writeStringField(SIGNATURE, signature);
        json.writeEndObject();
        json.writeEndObject();
    }

    /// The signature of a call that a client sends back.
    static @Nullable String signature(RequestValue call) throws InvalidRequestException {
        RequestValue extra = call.find(FIELD);
        RequestValue google = extra == null ? null : extra.find(GOOGLE);
        return google == null ? null : google.findString(SIGNATURE);
    }

    /// The signature in the value at hand, as a server sends it.
    static @Nullable String signature(JsonParser p) throws IOException {
        String found = null;
        if (p.currentToken() != JsonToken.START_OBJECT) {
            p.skipChildren();
            return null;
        }
        while (p.nextToken() == JsonToken.FIELD_NAME) {
            String name = p.currentName();
            p.nextToken();
            switch (name) {
                case GOOGLE -> found = signature(p);
                case SIGNATURE -> found = Json.text(p);
                default -> p.skipChildren();
            }
        }
        return found;
    }
}
