package hal0.relay.translate;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import hal0.home.response.StoredResponse;
import hal0.providers.dialect.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A request of the Responses API as far as it speaks of answers before it and of keeping its own.
///
/// **Shape** `input` is a JSON list of items, whatever form the request has it in. **Source**
/// `ResponseCreateParamsBase` in resources/responses/responses.d.ts of the npm package openai
/// 6.49.0, read 2026-11-21: an answer is kept unless `store` is false, and instructions are those
/// of the request at hand only.
record ResponseBody(@Nullable String previous, boolean stored, String input) {
    private static final String PREVIOUS = "previous_response_id";
    private static final String INPUT = "input";

    /// Reads a body that is known to be a JSON object.
    static ResponseBody of(byte[] body) {
        String previous = null;
        boolean stored = true;
        String input = "[]";
        try (JsonParser p = Json.parser(body, 0, body.length)) {
            p.nextToken();
            while (p.nextToken() == JsonToken.FIELD_NAME) {
                String name = p.currentName();
                JsonToken value = p.nextToken();
                switch (name) {
                    case PREVIOUS -> previous = Json.text(p);
                    case "store" -> {
                        stored = value != JsonToken.VALUE_FALSE;
                        p.skipChildren();
                    }
                    case INPUT -> input = items(p);
                    default -> p.skipChildren();
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("a request that was read cannot be read again", e);
        }
        return new ResponseBody(previous, stored, input);
    }

    private static String items(JsonParser p) throws IOException {
        if (p.currentToken() != JsonToken.VALUE_STRING) {
            return p.currentToken() == JsonToken.START_ARRAY ? Json.raw(p) : "[]";
        }
        String said = p.getText();
        return text(json -> {
            json.writeStartArray();
            json.writeStartObject();
            json.writeStringField("type", "message");
            json.writeStringField("role", "user");
            json.writeStringField("content", said);
            json.writeEndObject();
            json.writeEndArray();
        });
    }

    /// The request with everything that was said before it, and no mention of the answer that it
    /// goes on from.
    byte[] after(List<StoredResponse> before, byte[] body) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(body.length + 1024);
        try (JsonParser p = Json.parser(body, 0, body.length);
                JsonGenerator json = Json.generator(bytes)) {
            json.writeStartObject();
            p.nextToken();
            while (p.nextToken() == JsonToken.FIELD_NAME) {
                String name = p.currentName();
                p.nextToken();
                if (name.equals(PREVIOUS) || name.equals(INPUT)) {
                    p.skipChildren();
                } else {
                    json.writeFieldName(name);
                    json.copyCurrentStructureExact(p);
                }
            }
            json.writeArrayFieldStart(INPUT);
            for (StoredResponse one : before) {
                Json.writeElements(json, one.input());
                output(one.answer(), json);
            }
            Json.writeElements(json, input);
            json.writeEndArray();
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("what was kept cannot be read", e);
        }
        return bytes.toByteArray();
    }

    private static void output(String answer, JsonGenerator json) throws IOException {
        try (JsonParser p = Json.parser(answer)) {
            p.nextToken();
            while (p.nextToken() == JsonToken.FIELD_NAME) {
                boolean output = p.currentName().equals("output");
                p.nextToken();
                if (!output) {
                    p.skipChildren();
                    continue;
                }
                while (p.nextToken() == JsonToken.START_OBJECT) {
                    item(p, json);
                }
            }
        }
    }

    /// Without its id, which no provider gave it.
    private static void item(JsonParser p, JsonGenerator json) throws IOException {
        json.writeStartObject();
        while (p.nextToken() == JsonToken.FIELD_NAME) {
            String name = p.currentName();
            p.nextToken();
            if (name.equals("id")) {
                p.skipChildren();
            } else {
                json.writeFieldName(name);
                json.copyCurrentStructureExact(p);
            }
        }
        json.writeEndObject();
    }

    private interface Writing {
        void to(JsonGenerator json) throws IOException;
    }

    private static String text(Writing writing) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = Json.generator(bytes)) {
            writing.to(json);
        }
        return bytes.toString(UTF_8);
    }
}
