package hal0.providers.responses;

import com.fasterxml.jackson.core.JsonGenerator;
import hal0.providers.dialect.Json;
import hal0.providers.dialect.WireError;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/// Errors as OpenAI's servers tell them: in a body, in an event, in an answer that failed.
///
/// **Source** `ResponseError` and `ResponseErrorEvent` in resources/responses/responses.d.ts of the
/// npm package openai 6.49.0; openai-error.1.chunks.txt under
/// packages/openai/src/responses/\_\_fixtures\_\_ in vercel/ai, where the event has an object of
/// its own for the error, which the SDKs look for; read 2026-11-21.
final class WireErrors {
    private WireErrors() {}

    static byte[] body(WireError error) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = Json.generator(bytes)) {
            json.writeStartObject();
            object(json, error);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory cannot fail", e);
        }
        return bytes.toByteArray();
    }

    /// The fields of the event, in both forms that are read.
    static void event(JsonGenerator json, WireError error) throws IOException {
        json.writeStringField("code", error.code());
        json.writeStringField("message", error.message());
        json.writeStringField("param", error.place());
        object(json, error);
    }

    private static void object(JsonGenerator json, WireError error) throws IOException {
        json.writeObjectFieldStart("error");
        json.writeStringField("message", error.message());
        json.writeStringField("type", type(error.status()));
        json.writeStringField("param", error.place());
        json.writeStringField("code", error.code());
        json.writeEndObject();
    }

    private static String type(int status) {
        return switch (status) {
            case 401 -> "authentication_error";
            case 403 -> "permission_error";
            case 429 -> "rate_limit_error";
            default -> status < 500 ? "invalid_request_error" : "server_error";
        };
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
