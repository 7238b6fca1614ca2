package hal0.providers.gemini;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import hal0.providers.dialect.InvalidRequestException;
import hal0.providers.dialect.Json;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/// Reads a request value by value, and knows what of it only this protocol understands.
///
/// **Shape** as Google's servers read JSON: names in camelCase or snake_case, null is absent, a
/// number may come as text, one thing may stand for a list of one. **Source**
/// protobuf.dev/programming-guides/json, read 2026-11-21. **Threads** one.
final class RequestFields {
    interface Field {
        void read(String name, String place) throws IOException, InvalidRequestException;
    }

    interface Item {
        void read(String place) throws IOException, InvalidRequestException;
    }

    private final JsonParser p;
    private final SequencedMap<String, String> extra = new LinkedHashMap<>();
    private final List<String> ignored = new ArrayList<>();

    RequestFields(JsonParser p) {
        this.p = p;
    }

    /// The object at hand, field by field; `place` is its own, empty for the whole.
    void object(String place, Field field) throws IOException, InvalidRequestException {
        if (p.currentToken() != JsonToken.START_OBJECT) {
            throw expected(place, "an object");
        }
        while (p.nextToken() == JsonToken.FIELD_NAME) {
            String name = camel(p.currentName());
            if (p.nextToken() != JsonToken.VALUE_NULL) {
                field.read(name, place.isEmpty() ? name : place + '.' + name);
            }
        }
        if (p.currentToken() != JsonToken.END_OBJECT) {
            throw new IOException("the object does not end");
        }
    }

    /// The list at hand, item by item.
    void list(String place, Item item) throws IOException, InvalidRequestException {
        if (p.currentToken() == JsonToken.START_OBJECT) {
            item.read(place);
            return;
        }
        if (p.currentToken() != JsonToken.START_ARRAY) {
            throw expected(place, "a list");
        }
        int i = 0;
        for (JsonToken t = p.nextToken(); t != JsonToken.END_ARRAY; t = p.nextToken()) {
            if (t == null) {
                throw new IOException("the list does not end");
            }
            item.read(place + '[' + i + ']');
            i++;
        }
    }

    List<String> texts(String place) throws IOException, InvalidRequestException {
        if (p.currentToken() == JsonToken.VALUE_STRING) {
            return List.of(p.getText());
        }
        List<String> texts = new ArrayList<>();
        list(place, at -> texts.add(text(at)));
        return texts;
    }

    boolean isText() {
        return p.currentToken() == JsonToken.VALUE_STRING;
    }

    String text(String place) throws IOException, InvalidRequestException {
        if (!isText()) {
            throw expected(place, "text");
        }
        return p.getText();
    }

    boolean flag(String place) throws IOException, InvalidRequestException {
        return switch (p.currentToken()) {
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case null, default -> throw expected(place, "true or false");
        };
    }

    double number(String place) throws IOException, InvalidRequestException {
        if (p.currentToken().isNumeric()) {
            return p.getDoubleValue();
        }
        try {
            return Double.parseDouble(text(place));
        } catch (NumberFormatException e) {
            // The place says more than the library.
            throw expected(place, "a number");
        }
    }

    int integer(String place) throws IOException, InvalidRequestException {
        double value = number(place);
        if (value != Math.rint(value) || Math.abs(value) > Integer.MAX_VALUE) {
            throw expected(place, "a whole number of 32 bits");
        }
        return (int) value;
    }

    /// The value at hand as JSON text.
    String raw() throws IOException {
        return Json.raw(p);
    }

    /// The object at hand as JSON text.
    String rawObject(String place) throws IOException, InvalidRequestException {
        if (p.currentToken() != JsonToken.START_OBJECT) {
            throw expected(place, "an object");
        }
        return Json.raw(p);
    }

    /// The value at hand goes back to this protocol only.
    void keep(String place) throws IOException {
        extra.put(place, Json.raw(p));
    }

    void keep(String place, String json) {
        extra.put(place, json);
    }

    /// The value at hand can be told to nobody.
    void ignore(String place) throws IOException {
        ignored.add(place);
        p.skipChildren();
    }

    /// The value at hand says nothing that matters.
    void skip() throws IOException {
        p.skipChildren();
    }

    SequencedMap<String, String> extra() {
        return extra;
    }

    List<String> ignored() {
        return ignored;
    }

    InvalidRequestException expected(String place, String what) {
        return new InvalidRequestException(
                place.isEmpty() ? null : place,
                (place.isEmpty() ? "the request" : place) + " must be " + what);
    }

    static String camel(String name) {
        if (name.indexOf('_') < 0) {
            return name;
        }
        StringBuilder camel = new StringBuilder(name.length());
        boolean upper = false;
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c == '_') {
                upper = !camel.isEmpty();
            } else {
                camel.append(upper ? Character.toUpperCase(c) : c);
                upper = false;
            }
        }
        return camel.toString();
    }
}
