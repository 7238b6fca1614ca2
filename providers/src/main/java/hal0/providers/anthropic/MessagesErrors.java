package hal0.providers.anthropic;

import com.fasterxml.jackson.core.JsonGenerator;
import hal0.providers.dialect.WireError;
import java.io.IOException;

/// What a client is told of a failure.
///
/// **Source** platform.claude.com/docs/en/api/errors.md, read 2026-11-21; `code` and `details` are
/// ours.
final class MessagesErrors {
    private MessagesErrors() {}

    static void fields(JsonGenerator json, WireError error) throws IOException {
        json.writeStringField("type", "error");
        json.writeObjectFieldStart("error");
        json.writeStringField("type", type(error.status()));
        json.writeStringField("message", error.message());
        json.writeStringField("code", error.code());
        error.writeDetails(json, "details");
        json.writeEndObject();
    }

    private static String type(int status) {
        return switch (status) {
            case 401 -> "authentication_error";
            case 402 -> "billing_error";
            case 403 -> "permission_error";
            case 404 -> "not_found_error";
            case 409 -> "conflict_error";
            case 413 -> "request_too_large";
            case 429 -> "rate_limit_error";
            case 504 -> "timeout_error";
            case 503, 529 -> "overloaded_error";
            default -> status >= 500 ? "api_error" : "invalid_request_error";
        };
    }
}
