package hal0.providers.dialect;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// What a provider says about an error, in any of the shapes that are in use.
///
/// **Shape** `{"error":{message,type,code}}` (OpenAI, Anthropic, Gemini), `{"error":"…"}` (Ollama),
/// `{message,type,code}` (vLLM, Mistral), `{"detail":…}` (FastAPI), each also inside an array.
/// `code` is text even where the wire has a number; `reason` and `delay` stand in the `details` of
/// Google's errors; absent parts are null. **Source** `details`:
/// packages/google/src/\_\_fixtures\_\_/google-429-retry-info.json in vercel/ai,
/// github.com/cequence-io/openai-scala-client/issues/109; read 2026-11-21.
public record ErrorBody(
        @Nullable String message,
        @Nullable String type,
        @Nullable String code,
        @Nullable String reason,
        @Nullable Duration delay) {
    public static final ErrorBody EMPTY = new ErrorBody(null, null, null, null, null);

    /// Reads a whole body; empty when it is not JSON.
    public static ErrorBody parse(byte[] bytes, int offset, int length) {
        try (JsonParser p = Json.parser(bytes, offset, length)) {
            p.nextToken();
            return read(p);
        } catch (IOException e) {
            // Not JSON, or cut: the caller shows the bytes.
            return EMPTY;
        }
    }

    /// Reads the value at hand.
    public static ErrorBody read(JsonParser p) throws IOException {
        Collected found = new Collected();
        found.value(p);
        return new ErrorBody(found.withSource(), found.type, found.code, found.reason, found.delay);
    }

    boolean isEmpty() {
        return message == null && type == null && code == null;
    }

    /// The status that a numeric code stands for, else 0.
    int statusCode() {
        if (code == null || code.length() != 3) {
            return 0;
        }
        for (int i = 0; i < 3; i++) {
            if (code.charAt(i) < '0' || code.charAt(i) > '9') {
                return 0;
            }
        }
        return Integer.parseInt(code);
    }

    private static final class Collected {
        private @Nullable String message;
        private @Nullable String type;
        private @Nullable String code;
        private @Nullable String source;
        private @Nullable String raw;
        private @Nullable String reason;
        private @Nullable Duration delay;

        private void value(JsonParser p) throws IOException {
            if (p.currentToken() == JsonToken.START_ARRAY) {
                while (p.nextToken() != JsonToken.END_ARRAY && p.currentToken() != null) {
                    value(p);
                }
            } else if (p.currentToken() == JsonToken.START_OBJECT) {
                object(p);
            } else if (p.currentToken() == JsonToken.VALUE_STRING && message == null) {
                message = p.getText();
            }
        }

        private void object(JsonParser p) throws IOException {
            while (p.nextToken() == JsonToken.FIELD_NAME) {
                String name = p.currentName();
                p.nextToken();
                switch (name) {
                    case "error", "detail", "errors", "metadata" -> value(p);
                    case "message", "msg" -> message = first(message, p);
                    case "type" -> type = kind(p);
                    case "status", "error_type" -> type = first(type, p);
                    case "code" -> code = first(code, p);
                    case "provider_name" -> source = first(source, p);
                    case "raw" -> raw = first(raw, p);
                    case "details" -> details(p);
                    default -> p.skipChildren();
                }
            }
        }

        /// A list of objects of several types, told apart by the fields they have.
        private void details(JsonParser p) throws IOException {
            if (p.currentToken() != JsonToken.START_ARRAY) {
                p.skipChildren();
                return;
            }
            while (p.nextToken() == JsonToken.START_OBJECT) {
                while (p.nextToken() == JsonToken.FIELD_NAME) {
                    String name = p.currentName();
                    p.nextToken();
                    switch (name) {
                        case "reason" -> reason = first(reason, p);
                        case "retryDelay" -> delay = RetryDelay.seconds(Json.text(p));
                        default -> p.skipChildren();
                    }
                }
            }
            // Something else than an object: the rest of the list says nothing.
            while (p.currentToken() != null && p.currentToken() != JsonToken.END_ARRAY) {
                p.skipChildren();
                p.nextToken();
            }
        }

        private static @Nullable String first(@Nullable String old, JsonParser p)
                throws IOException {
            String text = Json.text(p);
            return old != null ? old : text;
        }

        /// Anthropic's outer type is the word "error", which says nothing.
        private @Nullable String kind(JsonParser p) throws IOException {
            String text = Json.text(p);
            return text == null || text.equals("error") ? type : text;
        }

        /// OpenRouter hides the real reason behind "Provider returned error".
        private @Nullable String withSource() {
            String text = message;
            if (source != null) {
                text = source + ": " + text;
            }
            return raw != null && !raw.equals(message) ? text + ": " + raw : text;
        }
    }
}
