package hal0.providers.script.child;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Set;
import org.luaj.vm2.LuaError;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;

/// Writes Lua values as JSON, without asking their metatables.
///
/// **Shape** what was read as an object or an array stays one, also when it is empty; of other
/// tables those with the keys 1 to n are arrays, and the empty one is an object. Members keep the
/// order in which they were read; new ones follow in the order of their names, so that the same
/// table always gives the same bytes. **Errors** [LuaError] for what JSON cannot say: functions,
/// NaN, keys that are no text, and what is nested too deeply or contains itself.
final class JsonWriter {
    static final int DEEPEST = 200;

    private static final JsonFactory FACTORY =
            JsonFactory.builder()
                    .enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8)
                    .build();

    /// Doubles tell whole numbers apart up to here.
    private static final double EXACT = 1L << 53;

    private final JsonGenerator out;

    private JsonWriter(JsonGenerator out) {
        this.out = out;
    }

    static byte[] write(LuaValue value) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator out = FACTORY.createGenerator(bytes)) {
            out.disable(JsonGenerator.Feature.AUTO_CLOSE_JSON_CONTENT);
            new JsonWriter(out).value(value, 0);
        } catch (IOException e) {
            throw new UncheckedIOException("writing into memory failed", e);
        }
        return bytes.toByteArray();
    }

    private void value(LuaValue value, int depth) throws IOException {
        switch (value.type()) {
            case LuaValue.TNIL -> out.writeNull();
            case LuaValue.TBOOLEAN -> out.writeBoolean(value.toboolean());
            case LuaValue.TNUMBER -> out.writeNumber(number(value));
            case LuaValue.TSTRING -> text(value.checkstring());
            case LuaValue.TTABLE -> table(value.checktable(), depth + 1);
            default -> {
                if (!JsonLibrary.NULL.equals(value)) {
                    throw new LuaError("json.encode: a " + value.typename() + " cannot be JSON");
                }
                out.writeNull();
            }
        }
    }

    /// A number as JSON has it; text, because that is what is remembered of those that were read.
    static String number(LuaValue value) {
        if (value.isint()) {
            return Integer.toString(value.toint());
        }
        double number = value.todouble();
        if (Double.isNaN(number) || Double.isInfinite(number)) {
            throw new LuaError("json.encode: " + value.tojstring() + " cannot be JSON");
        }
        return number == Math.rint(number) && Math.abs(number) <= EXACT
                ? Long.toString((long) number)
                : Double.toString(number);
    }

    private void text(LuaString text) throws IOException {
        if (text.isValidUtf8()) {
            out.writeUTF8String(text.m_bytes, text.m_offset, text.m_length);
        } else {
            out.writeString(JsonReader.java(text));
        }
    }

    private void table(LuaTable table, int depth) throws IOException {
        if (depth > DEEPEST) {
            throw new LuaError(
                    "json.encode: the table is nested more than %d deep, or contains itself"
                            .formatted(DEEPEST));
        }
        int keys = table.keyCount();
        int length = table.rawlen();
        boolean array =
                keys == 0 ? table instanceof JsonTable was && was.isArray() : length == keys;
        if (array) {
            out.writeStartArray();
            for (int i = 1; i <= length; i++) {
                member(table, LuaValue.valueOf(i), depth);
            }
            out.writeEndArray();
        } else {
            object(table, depth);
        }
    }

    private void object(LuaTable table, int depth) throws IOException {
        out.writeStartObject();
        Set<LuaValue> written = new HashSet<>();
        if (table instanceof JsonTable was) {
            for (LuaValue key : was.order()) {
                boolean there = !table.rawget(key).isnil() || was.original(key) != null;
                if (written.add(key) && there) {
                    out.writeFieldName(JsonReader.java(key.checkstring()));
                    member(table, key, depth);
                }
            }
        }
        LuaValue[] keys = table.keys();
        for (LuaValue key : keys) {
            if (key.type() != LuaValue.TSTRING) {
                throw new LuaError(
                        "json.encode: a list with holes, or a name that is a %s"
                                .formatted(key.typename()));
            }
        }
        Arrays.sort(keys, Comparator.comparing(LuaValue::tojstring));
        for (LuaValue key : keys) {
            if (!written.contains(key)) {
                out.writeFieldName(JsonReader.java(key.checkstring()));
                member(table, key, depth);
            }
        }
        out.writeEndObject();
    }

    private void member(LuaTable table, LuaValue key, int depth) throws IOException {
        String original = table instanceof JsonTable was ? was.original(key) : null;
        if (original == null) {
            value(table.rawget(key), depth);
        } else {
            out.writeRawValue(original);
        }
    }
}
