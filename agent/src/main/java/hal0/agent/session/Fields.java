package hal0.agent.session;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The fields of one JSON object, in whatever order they stand.
///
/// **Shape** of Jackson only the tokenizer is used: loading its data binding takes longer than
/// reading most sessions. **Errors** [IllegalArgumentException] saying what a line lacks.
final class Fields {
    private static final JsonFactory JSON =
            JsonFactory.builder()
                    // A picture may be of any size, and it was hal0 that wrote the line.
                    .streamReadConstraints(
                            StreamReadConstraints.builder()
                                    .maxStringLength(Integer.MAX_VALUE)
                                    .build())
                    .build();

    private final Map<String, @Nullable Object> values;

    private Fields(Map<String, @Nullable Object> values) {
        this.values = values;
    }

    /// **Errors** [com.fasterxml.jackson.core.JsonProcessingException] when it is not one JSON
    /// value, [IllegalArgumentException] when that is no object.
    static Fields parse(byte[] bytes, int start, int end) throws IOException {
        try (JsonParser parser = JSON.createParser(bytes, start, end - start)) {
            JsonToken first = parser.nextToken();
            Object value = first == null ? null : value(parser, first);
            if (parser.nextToken() != null) {
                throw new JsonParseException(parser, "more stands behind the object");
            }
            if (value instanceof Fields fields) {
                return fields;
            }
            throw new IllegalArgumentException("it is not a JSON object");
        }
    }

    private static @Nullable Object value(JsonParser parser, JsonToken token) throws IOException {
        return switch (token) {
            case START_OBJECT -> object(parser);
            case START_ARRAY -> array(parser);
            case VALUE_STRING -> parser.getText();
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> parser.getDecimalValue();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL,
                    FIELD_NAME,
                    END_OBJECT,
                    END_ARRAY,
                    VALUE_EMBEDDED_OBJECT,
                    NOT_AVAILABLE ->
                    null;
        };
    }

    private static Fields object(JsonParser parser) throws IOException {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            values.put(name, value(parser, parser.nextToken()));
        }
        return new Fields(values);
    }

    private static List<@Nullable Object> array(JsonParser parser) throws IOException {
        List<@Nullable Object> values = new ArrayList<>();
        JsonToken token = parser.nextToken();
        while (token != null && token != JsonToken.END_ARRAY) {
            values.add(value(parser, token));
            token = parser.nextToken();
        }
        return values;
    }

    static Fields of(Map<String, @Nullable Object> values) {
        return new Fields(values);
    }

    /// The same with one field changed.
    Fields with(String name, Object value) {
        Map<String, @Nullable Object> more = new LinkedHashMap<>(values);
        more.put(name, value);
        return new Fields(more);
    }

    boolean has(String name) {
        return values.containsKey(name);
    }

    String text(String name) {
        if (values.get(name) instanceof String text) {
            return text;
        }
        throw lacks(name);
    }

    @Nullable String textOrNull(String name) {
        return has(name) ? text(name) : null;
    }

    boolean flag(String name) {
        return Boolean.TRUE.equals(values.get(name));
    }

    int number(String name) {
        if (values.get(name) instanceof BigDecimal number) {
            try {
                return number.intValueExact();
            } catch (ArithmeticException e) {
                throw new IllegalArgumentException(name + " is no number of an entry", e);
            }
        }
        throw lacks(name);
    }

    long count(String name) {
        return values.get(name) instanceof BigDecimal number ? number.longValue() : 0;
    }

    @Nullable BigDecimal decimal(String name) {
        return values.get(name) instanceof BigDecimal number ? number : null;
    }

    Instant time(String name) {
        try {
            return Instant.parse(text(name));
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(name + " is no time", e);
        }
    }

    <E extends Enum<E>> E word(String name, Class<E> type) {
        String word = text(name);
        for (E constant : type.getEnumConstants()) {
            if (constant.name().equalsIgnoreCase(word)) {
                return constant;
            }
        }
        throw new IllegalArgumentException("%s has the unknown word \"%s\"".formatted(name, word));
    }

    /// The object of that name, or null.
    @Nullable Fields object(String name) {
        return values.get(name) instanceof Fields fields ? fields : null;
    }

    /// The objects in the array of that name.
    List<Fields> objects(String name) {
        if (!(values.get(name) instanceof List<?> list)) {
            throw lacks(name);
        }
        List<Fields> objects = new ArrayList<>(list.size());
        for (Object each : list) {
            if (!(each instanceof Fields fields)) {
                throw new IllegalArgumentException(name + " holds something else than objects");
            }
            objects.add(fields);
        }
        return objects;
    }

    private static IllegalArgumentException lacks(String name) {
        return new IllegalArgumentException("it lacks " + name);
    }
}
