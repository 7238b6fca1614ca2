package hal0.providers.testing;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import hal0.providers.dialect.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/// Texts as they are once they were written and read.
final class Canonical {
    private Canonical() {}

    /// A half of a character is U+FFFD.
    static String text(String text) {
        StringBuilder fixed = new StringBuilder();
        text.codePoints()
                .forEach(c -> fixed.appendCodePoint(c >= 0xD800 && c <= 0xDFFF ? 0xFFFD : c));
        return fixed.toString();
    }

    /// JSON without space between its tokens, and without escapes that it does not need.
    static String json(String json) {
        try (JsonParser p = Json.parser(json)) {
            p.nextToken();
            return text(Json.raw(p));
        } catch (IOException e) {
            throw new UncheckedIOException(json, e);
        }
    }

    /// The arguments of a call; text that is no object stays as it is.
    static String arguments(String arguments) {
        return Json.isObject(arguments) ? json(arguments) : text(arguments);
    }

    /// The arguments of a call where only an object can be said: anything else goes inside one.
    static String asObject(String arguments) {
        if (Json.isObject(arguments)) {
            return arguments;
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator generator = Json.generator(bytes)) {
            generator.writeStartObject();
            generator.writeStringField("invalid_json", arguments);
            generator.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
