package hal0.providers.dialect;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A value in the JSON of a client's request; it knows its place there, and so can say what is
/// wrong with it.
///
/// **Shape** of two fields of one name the last counts. Objects and lists keep the bytes they were
/// written with, so that what is passed on is passed on as it came. **Errors**
/// [InvalidRequestException] wherever the value is not what is asked for. **Threads** any, once
/// read.
public final class RequestValue {
    private enum Kind {
        OBJECT("an object"),
        LIST("a list"),
        STRING("a string"),
        NUMBER("a number"),
        BOOLEAN("a boolean"),
        NULL("null");

        private final String words;

        Kind(String words) {
            this.words = words;
        }
    }

    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    private final Kind kind;
    private final @Nullable RequestValue parent;
    private final String step;
    private final SequencedMap<String, RequestValue> fields = new LinkedHashMap<>(0);
    private final List<RequestValue> elements = new ArrayList<>(0);

    /// What a scalar says, or what an object or a list was written as.
    private String text = "";

    private RequestValue(Kind kind, @Nullable RequestValue parent, String step) {
        this.kind = kind;
        this.parent = parent;
        this.step = step;
    }

    /// The request that a body holds, which must be one object and nothing else.
    public static RequestValue parse(byte[] body) throws InvalidRequestException {
        int from = Arrays.mismatch(body, BYTE_ORDER_MARK) == BYTE_ORDER_MARK.length ? 3 : 0;
        byte[] json = from == 0 ? body : Arrays.copyOfRange(body, from, body.length);
        try (JsonParser p = Json.parser(json, 0, json.length)) {
            RequestValue root = new Reading(p, json).all();
            if (root == null || root.kind != Kind.OBJECT) {
                throw new InvalidRequestException(null, "the body must be a JSON object");
            }
            return root;
        } catch (JsonProcessingException e) {
            JsonLocation at = e.getLocation();
            String where =
                    at == null
                            ? ""
                            : ": see line %d, column %d"
                                    .formatted(at.getLineNr(), at.getColumnNr());
            throw new InvalidRequestException(null, "the body is not JSON" + where);
        } catch (IOException e) {
            throw new InvalidRequestException(null, "the body is not JSON in UTF-8");
        }
    }

    /// One pass over a body; nesting is bounded by the parser.
    private static final class Reading {
        private final JsonParser p;
        private final byte[] json;
        private final List<Integer> starts = new ArrayList<>();
        private @Nullable RequestValue root;
        private @Nullable RequestValue open;

        Reading(JsonParser p, byte[] json) {
            this.p = p;
            this.json = json;
        }

        @Nullable RequestValue all() throws IOException, InvalidRequestException {
            for (JsonToken t = p.nextToken(); t != null; t = p.nextToken()) {
                if (t.isStructEnd() && open != null) {
                    close(open);
                } else if (t != JsonToken.FIELD_NAME) {
                    add(t);
                }
            }
            return root;
        }

        private void close(RequestValue value) throws IOException {
            int start = starts.removeLast();
            int end = (int) p.currentLocation().getByteOffset();
            value.text = new String(json, start, end - start, StandardCharsets.UTF_8);
            open = value.parent;
        }

        private void add(JsonToken token) throws IOException, InvalidRequestException {
            if (open == null && root != null) {
                throw new InvalidRequestException(null, "the body holds more than one JSON value");
            }
            RequestValue value = new RequestValue(kind(token), open, step());
            if (open == null) {
                root = value;
            } else if (open.kind == Kind.LIST) {
                open.elements.add(value);
            } else {
                open.fields.put(value.step, value);
            }
            if (!token.isStructStart()) {
                value.text = p.getText();
                return;
            }
            long start = p.currentTokenLocation().getByteOffset();
            if (start < 0) {
                throw new InvalidRequestException(null, "the body is not JSON in UTF-8");
            }
            starts.add((int) start);
            open = value;
        }

        private String step() throws IOException {
            if (open == null) {
                return "";
            }
            return open.kind == Kind.LIST ? "[" + open.elements.size() + "]" : p.currentName();
        }

        private static Kind kind(JsonToken token) {
            if (token == JsonToken.START_OBJECT) {
                return Kind.OBJECT;
            }
            if (token == JsonToken.START_ARRAY) {
                return Kind.LIST;
            }
            if (token == JsonToken.VALUE_NULL) {
                return Kind.NULL;
            }
            if (token == JsonToken.VALUE_STRING) {
                return Kind.STRING;
            }
            return token.isNumeric() ? Kind.NUMBER : Kind.BOOLEAN;
        }
    }

    /// Where it stands, as in `messages[2].content`; empty for the whole request.
    public String place() {
        StringBuilder place = new StringBuilder();
        for (RequestValue v = this; v != null && v.parent != null; v = v.parent) {
            boolean first = v.parent.parent == null;
            place.insert(0, first || v.step.startsWith("[") ? v.step : "." + v.step);
        }
        return place.toString();
    }

    /// What is wrong with it; `why` goes on from its place, as in "must be a string".
    public InvalidRequestException refused(String why) {
        String place = place();
        return new InvalidRequestException(
                place.isEmpty() ? null : place,
                (place.isEmpty() ? "the request" : place) + " " + why);
    }

    private RequestValue expected(Kind wanted) throws InvalidRequestException {
        if (kind != wanted) {
            throw refused("must be " + wanted.words + ", and is " + kind.words);
        }
        return this;
    }

    public boolean isObject() {
        return kind == Kind.OBJECT;
    }

    public boolean isList() {
        return kind == Kind.LIST;
    }

    public boolean isString() {
        return kind == Kind.STRING;
    }

    public SequencedMap<String, RequestValue> fields() throws InvalidRequestException {
        return Collections.unmodifiableSequencedMap(expected(Kind.OBJECT).fields);
    }

    public List<RequestValue> elements() throws InvalidRequestException {
        return Collections.unmodifiableList(expected(Kind.LIST).elements);
    }

    /// A field of this object; null when it is absent or null, which mean the same everywhere.
    public @Nullable RequestValue find(String field) throws InvalidRequestException {
        RequestValue value = expected(Kind.OBJECT).fields.get(field);
        return value == null || value.kind == Kind.NULL ? null : value;
    }

    public RequestValue need(String field) throws InvalidRequestException {
        RequestValue value = find(field);
        if (value == null) {
            String place = place();
            String missing = place.isEmpty() ? field : place + "." + field;
            throw new InvalidRequestException(missing, missing + " is missing");
        }
        return value;
    }

    public String string() throws InvalidRequestException {
        return expected(Kind.STRING).text;
    }

    public boolean truth() throws InvalidRequestException {
        return Boolean.parseBoolean(expected(Kind.BOOLEAN).text);
    }

    public double number() throws InvalidRequestException {
        double number = Double.parseDouble(expected(Kind.NUMBER).text);
        if (!Double.isFinite(number)) {
            throw refused("is out of range");
        }
        return number;
    }

    /// A whole number; one that is written with a point, as some languages do, counts.
    public long integer() throws InvalidRequestException {
        String written = expected(Kind.NUMBER).text;
        try {
            // An exponent of nine digits would be written out in full.
            if (written.length() <= 40 && Math.abs(number()) < 1e19) {
                return new BigDecimal(written).longValueExact();
            }
        } catch (ArithmeticException e) {
            // Has a fraction, or is too large: said below.
        }
        throw refused("must be a whole number of at most 64 bits");
    }

    /// A whole number that counts something.
    public int count() throws InvalidRequestException {
        long count = integer();
        if (count < 0 || count > Integer.MAX_VALUE) {
            throw refused("must be between 0 and " + Integer.MAX_VALUE);
        }
        return (int) count;
    }

    /// A string field that need not be there.
    public @Nullable String findString(String field) throws InvalidRequestException {
        RequestValue value = find(field);
        return value == null ? null : value.string();
    }

    public String needString(String field) throws InvalidRequestException {
        return need(field).string();
    }

    /// The value as JSON text, objects and lists byte for byte as they came.
    public String raw() {
        if (kind != Kind.STRING) {
            return text;
        }
        StringWriter out = new StringWriter();
        try (JsonGenerator json = Json.generator(out)) {
            json.writeString(text);
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory cannot fail", e);
        }
        return out.toString();
    }

    /// Its fields other than `known` as raw JSON, those that are null left out; names with a dot
    /// cannot be told from places and are left to the caller by `unnamed`.
    public Map<String, String> others(Set<String> known, List<String> unnamed)
            throws InvalidRequestException {
        Map<String, String> others = new LinkedHashMap<>();
        for (Map.Entry<String, RequestValue> field : expected(Kind.OBJECT).fields.entrySet()) {
            RequestValue value = field.getValue();
            if (known.contains(field.getKey()) || value.kind == Kind.NULL) {
                continue;
            }
            String place = value.place();
            if (field.getKey().indexOf('.') >= 0) {
                unnamed.add(place);
            } else {
                others.put(place, value.raw());
            }
        }
        return others;
    }

    /// Adds the places of its fields other than `known` to a list, those left out that say nothing:
    /// null, or an empty object or list.
    public void unsaid(Set<String> known, List<String> to) throws InvalidRequestException {
        for (Map.Entry<String, RequestValue> field : expected(Kind.OBJECT).fields.entrySet()) {
            RequestValue value = field.getValue();
            boolean empty =
                    value.kind == Kind.NULL
                            || (value.isObject() && value.fields.isEmpty())
                            || (value.isList() && value.elements.isEmpty());
            if (!known.contains(field.getKey()) && !empty) {
                to.add(value.place());
            }
        }
    }

    @Override
    public String toString() {
        return "RequestValue[" + place() + ", " + kind.words + "]";
    }
}
