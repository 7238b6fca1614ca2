package hal0.providers.script.child;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.luaj.vm2.LuaDouble;
import org.luaj.vm2.LuaError;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaValue;

/// Reads JSON into Lua values.
///
/// **Errors** [LuaError] for what is not one whole JSON value, or nested too deeply.
final class JsonReader {
    private static final JsonFactory FACTORY =
            JsonFactory.builder()
                    .streamReadConstraints(
                            StreamReadConstraints.builder()
                                    .maxNestingDepth(JsonWriter.DEEPEST)
                                    .maxStringLength(Frame.LARGEST)
                                    .build())
                    .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                    .build();

    private final JsonParser parser;

    private JsonReader(JsonParser parser) {
        this.parser = parser;
    }

    static LuaValue read(byte[] bytes, int offset, int length) {
        try (JsonParser parser = FACTORY.createParser(bytes, offset, length)) {
            if (parser.nextToken() == null) {
                throw new LuaError("json.decode: the text is empty");
            }
            LuaValue value = new JsonReader(parser).value();
            if (parser.nextToken() != null) {
                throw new LuaError("json.decode: something follows the value");
            }
            return value;
        } catch (JsonProcessingException e) {
            throw new LuaError(
                    "json.decode: " + e.getOriginalMessage().lines().findFirst().orElse(""));
        } catch (IOException e) {
            // The bytes are in memory: only their encoding can be wrong.
            throw new LuaError("json.decode: the text is not UTF-8");
        }
    }

    private LuaValue value() throws IOException {
        return switch (token()) {
            case START_OBJECT -> object();
            case START_ARRAY -> array();
            case VALUE_STRING -> text(parser.getText());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(parser.getText());
            case VALUE_TRUE -> LuaValue.TRUE;
            case VALUE_FALSE -> LuaValue.FALSE;
            case VALUE_NULL -> LuaValue.NIL;
            case END_ARRAY, END_OBJECT, FIELD_NAME, NOT_AVAILABLE, VALUE_EMBEDDED_OBJECT ->
                    throw new LuaError("json.decode: a value is missing");
        };
    }

    private JsonToken token() {
        JsonToken token = parser.currentToken();
        if (token == null) {
            throw new LuaError("json.decode: the text ends too early");
        }
        return token;
    }

    private JsonTable object() throws IOException {
        JsonTable table = new JsonTable(false);
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            LuaString name = text(parser.currentName());
            parser.nextToken();
            LuaValue value = value();
            table.read(name, value, value.isnil() ? "null" : original(value));
        }
        return table;
    }

    /// A null inside an array is `json.null`: nil would end the array there.
    private JsonTable array() throws IOException {
        JsonTable table = new JsonTable(true);
        int index = 0;
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            LuaValue value = value();
            LuaValue element = value.isnil() ? JsonLibrary.NULL : value;
            table.read(LuaValue.valueOf(++index), element, original(value));
        }
        return table;
    }

    /// How the number at hand was written, where it would be written differently now.
    private @Nullable String original(LuaValue value) throws IOException {
        if (!token().isNumeric()) {
            return null;
        }
        String written = parser.getText();
        return written.equals(JsonWriter.number(value)) ? null : written;
    }

    static LuaString text(String text) {
        return LuaString.valueUsing(text.getBytes(UTF_8));
    }

    /// The interpreter's own conversions break letters outside the first 65 536.
    static String java(LuaString text) {
        return new String(text.m_bytes, text.m_offset, text.m_length, UTF_8);
    }

    private static LuaValue number(String written) {
        return LuaDouble.valueOf(Double.parseDouble(written));
    }
}
