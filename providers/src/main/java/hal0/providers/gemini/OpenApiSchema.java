package hal0.providers.gemini;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import hal0.providers.dialect.InvalidRequestException;
import hal0.providers.dialect.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/// Google's subset of OpenAPI 3.0 schemas, said as JSON Schema.
///
/// **Shape** types in small letters, `nullable` as one more type, counts that came as text as
/// numbers; the order of properties, which JSON Schema has no word for, is left out. **Source**
/// types.Schema in @google/genai 2.32.0 and ai.google.dev/api/caching (Schema), read 2026-11-21.
final class OpenApiSchema {
    private OpenApiSchema() {}

    static String toJsonSchema(String schema) throws InvalidRequestException {
        try (JsonParser p = Json.parser(schema)) {
            p.nextToken();
            return schema(p);
        } catch (IOException e) {
            throw new InvalidRequestException(null, "a schema is not JSON: " + e.getMessage());
        }
    }

    private static String schema(JsonParser p) throws IOException {
        if (p.currentToken() != JsonToken.START_OBJECT) {
            return Json.raw(p);
        }
        Map<String, String> fields = new LinkedHashMap<>();
        boolean nullable = false;
        while (p.nextToken() == JsonToken.FIELD_NAME) {
            String name = RequestFields.camel(p.currentName());
            p.nextToken();
            switch (name) {
                case "nullable" -> {
                    nullable = p.currentToken() == JsonToken.VALUE_TRUE;
                    p.skipChildren();
                }
                case "propertyOrdering" -> p.skipChildren();
                case "type" -> fields.put(name, type(p));
                case "items" -> fields.put(name, schema(p));
                case "properties" -> fields.put(name, properties(p));
                case "anyOf" -> fields.put(name, list(p));
                case "minItems",
                        "maxItems",
                        "minLength",
                        "maxLength",
                        "minProperties",
                        "maxProperties" ->
                        fields.put(name, count(p));
                default -> fields.put(name, Json.raw(p));
            }
        }
        String type = fields.get("type");
        if (nullable && type != null) {
            fields.put("type", "[" + type + ",\"null\"]");
        }
        return object(fields);
    }

    private static String type(JsonParser p) throws IOException {
        boolean word = p.currentToken() == JsonToken.VALUE_STRING;
        return word ? quoted(p.getText().toLowerCase(Locale.ROOT)) : Json.raw(p);
    }

    private static String count(JsonParser p) throws IOException {
        String raw = Json.raw(p);
        return raw.matches("\"\\d{1,18}\"") ? raw.substring(1, raw.length() - 1) : raw;
    }

    /// Names of properties are the caller's own.
    private static String properties(JsonParser p) throws IOException {
        if (p.currentToken() != JsonToken.START_OBJECT) {
            return Json.raw(p);
        }
        Map<String, String> properties = new LinkedHashMap<>();
        while (p.nextToken() == JsonToken.FIELD_NAME) {
            String name = p.currentName();
            p.nextToken();
            properties.put(name, schema(p));
        }
        return object(properties);
    }

    private static String list(JsonParser p) throws IOException {
        if (p.currentToken() != JsonToken.START_ARRAY) {
            return Json.raw(p);
        }
        StringBuilder list = new StringBuilder("[");
        for (JsonToken t = p.nextToken(); t != null && t != JsonToken.END_ARRAY; ) {
            list.append(list.length() > 1 ? "," : "").append(schema(p));
            t = p.nextToken();
        }
        return list.append(']').toString();
    }

    private static String object(Map<String, String> fields) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = Json.generator(bytes)) {
            json.writeStartObject();
            for (Map.Entry<String, String> field : fields.entrySet()) {
                json.writeFieldName(field.getKey());
                Json.writeRaw(json, field.getValue());
            }
            json.writeEndObject();
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    /// A short text as JSON.
    static String quoted(String text) {
        return '"' + String.valueOf(JsonStringEncoder.getInstance().quoteAsString(text)) + '"';
    }
}
