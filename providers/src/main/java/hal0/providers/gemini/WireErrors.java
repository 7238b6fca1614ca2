package hal0.providers.gemini;

import com.fasterxml.jackson.core.JsonGenerator;
import hal0.providers.dialect.EventBody;
import hal0.providers.dialect.WireError;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;

/// Errors in the form of Google's servers.
///
/// **Shape** the code of hal0 or of the provider is the reason of an `ErrorInfo`, the place in the
/// request a violation of a `BadRequest`. **Source** ai.google.dev/gemini-api/docs/troubleshooting
/// (codes and words), google.aip.dev/193 (details); read 2026-11-21.
final class WireErrors {
    private static final String TYPES = "type.googleapis.com/google.rpc.";

    private WireErrors() {}

    static byte[] write(WireError error) {
        return EventBody.of(json -> {
            json.writeObjectFieldStart("error");
            json.writeNumberField("code", error.status());
            json.writeStringField("message", error.message());
            json.writeStringField("status", word(error.status()));
            json.writeArrayFieldStart("details");
            json.writeStartObject();
            json.writeStringField("@type", TYPES + "ErrorInfo");
            json.writeStringField("reason", error.code());
            json.writeStringField("domain", "hal0");
            metadata(json, error);
            json.writeEndObject();
            if (error.place() != null) {
                violation(json, error.place(), error.message());
            }
            json.writeEndArray();
            json.writeEndObject();
        });
    }

    /// Texts only: that is what Google's clients read there.
    private static void metadata(JsonGenerator json, WireError error) throws IOException {
        if (error.details().isEmpty()) {
            return;
        }
        json.writeObjectFieldStart("metadata");
        for (Map.Entry<String, Object> detail : new TreeMap<>(error.details()).entrySet()) {
            json.writeStringField(detail.getKey(), String.valueOf(detail.getValue()));
        }
        json.writeEndObject();
    }

    private static void violation(JsonGenerator json, String place, String message)
            throws IOException {
        json.writeStartObject();
        json.writeStringField("@type", TYPES + "BadRequest");
        json.writeArrayFieldStart("fieldViolations");
        json.writeStartObject();
        json.writeStringField("field", place);
        json.writeStringField("description", message);
        json.writeEndObject();
        json.writeEndArray();
        json.writeEndObject();
    }

    private static String word(int status) {
        return switch (status) {
            case 401 -> "UNAUTHENTICATED";
            case 402, 412 -> "FAILED_PRECONDITION";
            case 403 -> "PERMISSION_DENIED";
            case 404 -> "NOT_FOUND";
            case 409 -> "ABORTED";
            case 429 -> "RESOURCE_EXHAUSTED";
            case 499 -> "CANCELLED";
            case 501 -> "UNIMPLEMENTED";
            case 502, 503, 529 -> "UNAVAILABLE";
            case 408, 504 -> "DEADLINE_EXCEEDED";
            default -> status >= 500 ? "INTERNAL" : "INVALID_ARGUMENT";
        };
    }
}
