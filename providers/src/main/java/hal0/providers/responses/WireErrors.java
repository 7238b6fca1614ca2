package hal0.providers.responses;

import com.fasterxml.jackson.core.JsonGenerator;
import hal0.providers.dialect.EventBody;
import hal0.providers.dialect.WireError;
import hal0.providers.openai.ChatErrors;
import java.io.IOException;

/// Errors as OpenAI's servers tell them: in a body, in an event, in an answer that failed.
///
/// **Source** `ResponseError` and `ResponseErrorEvent` in resources/responses/responses.d.ts of the
/// npm package openai 6.49.0; openai-error.1.chunks.txt under
/// packages/openai/src/responses/\_\_fixtures\_\_ in vercel/ai, where the event has an object of
/// its own for the error, which the SDKs look for; read 2026-11-21.
final class WireErrors {
    private WireErrors() {}

    static byte[] body(WireError error) {
        return EventBody.of(json -> ChatErrors.fields(json, error));
    }

    /// The fields of the event, in both forms that are read.
    static void event(JsonGenerator json, WireError error) throws IOException {
        json.writeStringField("code", error.code());
        json.writeStringField("message", error.message());
        json.writeStringField("param", error.place());
        ChatErrors.fields(json, error);
    }

    /// The codes of an answer are a closed set: one of hal0's becomes the nearest of them.
    static void inResponse(JsonGenerator json, WireError error) throws IOException {
        json.writeStartObject();
        json.writeStringField("code", error.code().indexOf('.') < 0 ? error.code() : code(error));
        json.writeStringField("message", error.message());
        json.writeEndObject();
    }

    private static String code(WireError error) {
        if (error.status() == 429) {
            return "rate_limit_exceeded";
        }
        return error.status() < 500 ? "invalid_prompt" : "server_error";
    }
}
