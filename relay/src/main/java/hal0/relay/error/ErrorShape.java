package hal0.relay.error;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonGenerator;
import hal0.providers.message.Protocol;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// How an error of ours looks to a client, by the API that it speaks.
///
/// **Source** https://platform.openai.com/docs/guides/error-codes and
/// https://docs.anthropic.com/en/api/errors, read 2026-11.
public enum ErrorShape {
    /// `{"error":{"message","type","param","code"}}`
    OPENAI {
        @Override
        void write(JsonGenerator json, RelayException error) throws IOException {
            json.writeStartObject();
            json.writeObjectFieldStart("error");
            json.writeStringField("message", error.message());
            json.writeStringField("type", openAiType(error.status()));
            json.writeStringField("param", error.parameter());
            json.writeStringField("code", error.code());
            json.writeEndObject();
            json.writeEndObject();
        }
    },
    /// `{"type":"error","error":{"type","message"}}`, our code in front of the message.
    ANTHROPIC {
        @Override
        void write(JsonGenerator json, RelayException error) throws IOException {
            json.writeStartObject();
            json.writeStringField("type", "error");
            json.writeObjectFieldStart("error");
            json.writeStringField("type", anthropicType(error.status()));
            json.writeStringField("message", error.code() + ": " + error.message());
            json.writeEndObject();
            json.writeEndObject();
        }
    },
    /// `{"error":{"code","message","details"}}`, ours.
    CONTROL {
        @Override
        void write(JsonGenerator json, RelayException error) throws IOException {
            json.writeStartObject();
            json.writeObjectFieldStart("error");
            json.writeStringField("code", error.code());
            json.writeStringField("message", error.message());
            json.writeObjectFieldStart("details");
            if (error.retryAfter() != null) {
                json.writeNumberField("retry_after_s", error.retryAfter().toSeconds());
            }
            json.writeEndObject();
            json.writeEndObject();
            json.writeEndObject();
        }
    };

    abstract void write(JsonGenerator json, RelayException error) throws IOException;

    /// The whole body of an error answer.
    public byte[] bytes(RelayException error) {
        return Json.bytes(json -> write(json, error));
    }

    /// The shape for a path that no route may claim.
    public static ErrorShape of(String path, @Nullable String anthropicVersion) {
        if (path.startsWith("/v1/messages")
                || (path.startsWith("/v1/") && anthropicVersion != null)) {
            return ANTHROPIC;
        }
        return path.startsWith("/v1/") ? OPENAI : CONTROL;
    }

    /// The shape of a protocol's answers.
    public static ErrorShape of(Protocol protocol) {
        return switch (protocol) {
            case ANTHROPIC -> ANTHROPIC;
            case OPENAI, RESPONSES, GEMINI -> OPENAI;
        };
    }

    /// The event that ends a stream which failed after its head, as the dialect writes it.
    public byte[] event(RelayException error) {
        String name = this == ANTHROPIC ? "event: error\n" : "";
        return (name + "data: " + new String(bytes(error), UTF_8) + "\n\n").getBytes(UTF_8);
    }

    private static String openAiType(int status) {
        return switch (status) {
            case 401 -> "authentication_error";
            case 403 -> "permission_error";
            case 429 -> "rate_limit_error";
            default -> status < 500 ? "invalid_request_error" : "server_error";
        };
    }

    private static String anthropicType(int status) {
        return switch (status) {
            case 401 -> "authentication_error";
            case 402 -> "billing_error";
            case 403 -> "permission_error";
            case 404 -> "not_found_error";
            case 413 -> "request_too_large";
            case 429 -> "rate_limit_error";
            case 503 -> "overloaded_error";
            case 504 -> "timeout_error";
            default -> status < 500 ? "invalid_request_error" : "api_error";
        };
    }
}
