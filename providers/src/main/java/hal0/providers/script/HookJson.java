package hal0.providers.script;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import hal0.providers.dialect.Json;
import hal0.providers.http.Headers;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What goes to a hook and what comes back, as JSON: `{model | status, headers, body}`.
final class HookJson {
    private HookJson() {}

    /// What a hook gave back.
    ///
    /// **Shape** null is what it left out. `body` is JSON, as it stood in the hook's result.
    record Returned(
            @Nullable String model,
            @Nullable Integer status,
            @Nullable Map<String, String> headers,
            byte @Nullable [] body) {}

    /// A frame's payload that calls `hook` with an argument, which is JSON; null for none.
    static byte[] call(String hook, byte @Nullable [] argument) {
        return write(json -> {
            json.writeStringField("hook", hook);
            if (argument != null) {
                raw(json, "argument", argument);
            }
        });
    }

    static byte[] request(String model, Headers headers, byte[] body) {
        return write(json -> {
            json.writeStringField("model", model);
            headers(json, headers, false);
            raw(json, "body", body);
        });
    }

    /// **Shape** names of headers in lower case; `body` is JSON, null for a stream.
    static byte[] response(int status, Headers headers, byte @Nullable [] body) {
        return write(json -> {
            json.writeNumberField("status", status);
            headers(json, headers, true);
            if (body != null) {
                raw(json, "body", body);
            }
        });
    }

    /// Any text as JSON.
    static byte[] text(byte[] utf8) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(utf8.length + 2);
        try (JsonGenerator json = Json.generator(bytes)) {
            json.writeString(new String(utf8, UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("writing into memory failed", e);
        }
        return bytes.toByteArray();
    }

    /// Fields of one object.
    interface Fields {
        void write(JsonGenerator json) throws IOException;
    }

    static byte[] write(Fields fields) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024);
        try (JsonGenerator json = Json.generator(bytes)) {
            json.writeStartObject();
            fields.write(json);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("writing into memory failed", e);
        }
        return bytes.toByteArray();
    }

    private static void raw(JsonGenerator json, String name, byte[] value) throws IOException {
        json.writeFieldName(name);
        json.writeRawValue(new String(value, UTF_8));
    }

    /// A name that occurs twice has both values, as HTTP allows.
    static void headers(JsonGenerator json, Headers headers, boolean lower) throws IOException {
        Map<String, String> byName = new LinkedHashMap<>();
        Map<String, String> spelled = new LinkedHashMap<>();
        headers.forEach((name, value) -> {
            String key = name.toLowerCase(Locale.ROOT);
            spelled.putIfAbsent(key, lower ? key : name);
            byName.merge(key, value, (a, b) -> a + ", " + b);
        });
        json.writeObjectFieldStart("headers");
        for (Map.Entry<String, String> header : byName.entrySet()) {
            json.writeStringField(spelled.getOrDefault(header.getKey(), ""), header.getValue());
        }
        json.writeEndObject();
    }

    /// Reads a hook's result.
    ///
    /// **Errors** [ScriptException] for what is none.
    static Returned returned(byte[] result, String hook) {
        String model = null;
        Integer status = null;
        Map<String, String> headers = null;
        byte[] body = null;
        try (JsonParser json = Json.parser(result, 0, result.length)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw new ScriptException(
                        "%s: it returned no table; end it with `return %s`"
                                .formatted(hook, hook.equals("on_request") ? "req" : "resp"));
            }
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String name = json.currentName();
                JsonToken token = json.nextToken();
                switch (name) {
                    case "model" -> model = Json.text(json);
                    case "status" -> status = status(Json.number(json), hook);
                    case "headers" -> headers = headers(json, token, hook);
                    case "body" -> body = slice(json, result);
                    default -> json.skipChildren();
                }
            }
        } catch (IOException e) {
            throw new ScriptException("%s: what it returned cannot be read".formatted(hook), e);
        }
        return new Returned(model, status, headers, body);
    }

    /// RFC 9110, 15; below 200 no answer is one that could be given.
    private static int status(long number, String hook) {
        if (number < 200 || number > 599) {
            throw new ScriptException(
                    "%s: %d is not the status of an answer; it is one from 200 to 599"
                            .formatted(hook, number));
        }
        return (int) number;
    }

    private static byte[] slice(JsonParser json, byte[] all) throws IOException {
        int start = (int) json.currentTokenLocation().getByteOffset();
        if (json.currentToken() == JsonToken.VALUE_STRING) {
            return text(json.getText().getBytes(UTF_8));
        }
        json.skipChildren();
        json.finishToken();
        return Arrays.copyOfRange(all, start, (int) json.currentLocation().getByteOffset());
    }

    private static Map<String, String> headers(JsonParser json, JsonToken token, String hook)
            throws IOException {
        if (token != JsonToken.START_OBJECT) {
            // An emptied table, or none.
            json.skipChildren();
            return Map.of();
        }
        Map<String, String> headers = new LinkedHashMap<>();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            json.nextToken();
            String value = Json.text(json);
            if (value == null || !sendable(name, value)) {
                throw new ScriptException(
                        "%s: %s cannot be sent as a header"
                                .formatted(hook, isName(name) ? name : "a name that it set"));
            }
            headers.put(name, value);
        }
        return headers;
    }

    /// A header's value as text; null when it cannot be one.
    static @Nullable String headerValue(String name, JsonNode value) {
        String text = value.isValueNode() && !value.isNull() ? value.asText() : null;
        return text != null && sendable(name, text) ? text : null;
    }

    /// RFC 9110, 5.1 and 5.5, without the bytes above ASCII.
    private static boolean sendable(String name, String value) {
        return isName(name) && value.chars().allMatch(c -> (c >= ' ' && c < 0x7f) || c == '\t');
    }

    private static boolean isName(String name) {
        return !name.isEmpty()
                && name.chars()
                        .allMatch(c ->
                                (c >= 'a' && c <= 'z')
                                        || (c >= 'A' && c <= 'Z')
                                        || (c >= '0' && c <= '9')
                                        || "!#$%&'*+-.^_`|~".indexOf(c) >= 0);
    }
}
