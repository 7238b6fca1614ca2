package hal0.providers.dialect;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.util.ByteArrayBuilder;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.io.Writer;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Streaming JSON as the dialects need it: lenient about types, because a provider that sends a
/// number where another sends a string is no reason to lose an answer.
public final class Json {
    /// One answer may be a large image in base64; the library's own limit is lower.
    private static final int MAX_STRING = 256 * 1024 * 1024;

    private static final int FIRST_BLOCK = 8192;

    private static final JsonFactory FACTORY =
            JsonFactory.builder()
                    .streamReadConstraints(
                            StreamReadConstraints.builder().maxStringLength(MAX_STRING).build())
                    .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                    .build();

    private Json() {}

    public static JsonParser parser(byte[] bytes, int offset, int length) throws IOException {
        return FACTORY.createParser(bytes, offset, length);
    }

    public static JsonParser parser(String text) throws IOException {
        return FACTORY.createParser(text);
    }

    /// Half a character goes out as an escape: its other half may come with the next piece.
    public static JsonGenerator generator(OutputStream out) throws IOException {
        return FACTORY.createGenerator(out);
    }

    /// Where a request is written: a long one is not copied again and again while it grows.
    public static ByteArrayBuilder memory() {
        return new ByteArrayBuilder(FIRST_BLOCK);
    }

    /// Half a character goes out as U+FFFD.
    public static JsonGenerator requestGenerator(OutputStream out) throws IOException {
        return new WellFormedJson(FACTORY.createGenerator(out));
    }

    public static JsonGenerator generator(Writer out) throws IOException {
        return FACTORY.createGenerator(out);
    }

    /// The scalar at hand as text, null for null and for a structure, which is skipped.
    public static @Nullable String text(JsonParser p) throws IOException {
        JsonToken token = p.currentToken();
        if (token == JsonToken.VALUE_STRING) {
            return p.getText();
        }
        if (token == null || token == JsonToken.VALUE_NULL || token.isStructStart()) {
            p.skipChildren();
            return null;
        }
        return p.getText();
    }

    /// The number at hand, 0 for anything else.
    public static long number(JsonParser p) throws IOException {
        JsonToken token = p.currentToken();
        if (token == JsonToken.VALUE_NUMBER_INT || token == JsonToken.VALUE_NUMBER_FLOAT) {
            return Math.max(0, p.getValueAsLong());
        }
        p.skipChildren();
        return 0;
    }

    /// The number at hand exactly; a number in a string counts, because prices come so.
    public static @Nullable BigDecimal decimal(JsonParser p) throws IOException {
        JsonToken token = p.currentToken();
        if (token == JsonToken.VALUE_NUMBER_INT || token == JsonToken.VALUE_NUMBER_FLOAT) {
            return p.getDecimalValue();
        }
        if (token == JsonToken.VALUE_STRING) {
            try {
                return new BigDecimal(p.getText().trim());
            } catch (NumberFormatException e) {
                // Not a number: as good as absent.
                return null;
            }
        }
        p.skipChildren();
        return null;
    }

    /// The amount of money at hand, null for anything else.
    public static @Nullable BigDecimal money(JsonParser p) throws IOException {
        BigDecimal amount = decimal(p);
        // To add up one like 1e999999999 would cost gigabytes.
        return amount != null
                        && amount.signum() >= 0
                        && Math.abs((long) amount.scale()) <= 30
                        && amount.precision() <= 30
                ? amount
                : null;
    }

    /// The value at hand as JSON text, numbers as they were written.
    public static String raw(JsonParser p) throws IOException {
        StringWriter text = new StringWriter();
        try (JsonGenerator to = FACTORY.createGenerator(text)) {
            to.copyCurrentStructureExact(p);
        }
        return text.toString();
    }

    /// Writes a string that may be missing, which is null on the wire.
    public static void writeString(JsonGenerator json, String field, @Nullable String value)
            throws IOException {
        if (value == null) {
            json.writeNullField(field);
        } else {
            json.writeStringField(field, value);
        }
    }

    /// Writes a value of the types that JSON has; anything else as text.
    public static void writeValue(JsonGenerator json, @Nullable Object value) throws IOException {
        switch (value) {
            case null -> json.writeNull();
            case Boolean flag -> json.writeBoolean(flag);
            case Integer number -> json.writeNumber(number);
            case Long number -> json.writeNumber(number);
            case Number number -> json.writeNumber(number.doubleValue());
            case Map<?, ?> object -> {
                json.writeStartObject();
                for (Map.Entry<?, ?> entry : object.entrySet()) {
                    json.writeFieldName(String.valueOf(entry.getKey()));
                    writeValue(json, entry.getValue());
                }
                json.writeEndObject();
            }
            case Collection<?> list -> {
                json.writeStartArray();
                for (Object item : list) {
                    writeValue(json, item);
                }
                json.writeEndArray();
            }
            case Object other -> json.writeString(other.toString());
        }
    }

    /// Writes a value that is JSON already; half a surrogate pair, which has no form in UTF-8,
    /// becomes U+FFFD.
    public static void writeRaw(JsonGenerator json, String value) throws IOException {
        json.writeRawValue(WellFormedJson.wellFormed(value));
    }

    /// Writes the elements of a list that is JSON already into the list that is open.
    public static void writeElements(JsonGenerator json, String list) throws IOException {
        try (JsonParser p = parser(list)) {
            if (p.nextToken() != JsonToken.START_ARRAY) {
                return;
            }
            while (p.nextToken() != JsonToken.END_ARRAY) {
                writeRaw(json, raw(p));
            }
        }
    }

    /// Whether `text` is one JSON object and nothing else.
    public static boolean isObject(String text) {
        try (JsonParser p = FACTORY.createParser(text)) {
            if (p.nextToken() != JsonToken.START_OBJECT) {
                return false;
            }
            p.skipChildren();
            return p.currentToken() == JsonToken.END_OBJECT && p.nextToken() == null;
        } catch (IOException e) {
            // That is the answer.
            return false;
        }
    }
}
