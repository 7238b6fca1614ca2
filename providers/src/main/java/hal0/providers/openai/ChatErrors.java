package hal0.providers.openai;

import com.fasterxml.jackson.core.JsonGenerator;
import hal0.providers.dialect.Json;
import hal0.providers.dialect.WireError;
import java.io.IOException;

/// What a client of either protocol of OpenAI's is told of a failure.
///
/// **Source** ErrorObject in resources/shared.d.ts of openai 6.49.0 at npm, whose four fields are
/// always there; `details` is ours; the words for `type` as src/openai/\_exceptions.py in
/// openai/openai-python and tests of public clients have them. Read 2026-11-21.
public final class ChatErrors {
    private ChatErrors() {}

    public static void fields(JsonGenerator json, WireError error) throws IOException {
        json.writeObjectFieldStart("error");
        json.writeStringField("message", error.message());
        json.writeStringField("type", type(error.status()));
        Json.writeString(json, "param", error.place());
        json.writeStringField("code", error.code());
        error.writeDetails(json, "details");
        json.writeEndObject();
    }

    private static String type(int status) {
        return switch (status) {
            case 401 -> "authentication_error";
            case 402 -> "insufficient_quota";
            case 403 -> "permission_error";
            case 429 -> "rate_limit_error";
            default -> status >= 500 ? "server_error" : "invalid_request_error";
        };
    }
}
