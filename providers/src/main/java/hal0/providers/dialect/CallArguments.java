package hal0.providers.dialect;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;

/// The arguments of a call where only an object can be said.
///
/// **Shape** what a model wrote that is no object goes inside one, so that it sees its mistake, and
/// comes out of it again.
public final class CallArguments {
    private static final String INVALID_JSON = "invalid_json";

    private CallArguments() {}

    public static void write(JsonGenerator json, String arguments) throws IOException {
        if (Json.isObject(arguments)) {
            Json.writeRaw(json, arguments);
        } else {
            json.writeStartObject();
            json.writeStringField(INVALID_JSON, arguments);
            json.writeEndObject();
        }
    }

    /// The arguments that `object`, which is JSON, was made of.
    public static String read(String object) {
        try (JsonParser p = Json.parser(object)) {
            boolean wrapped =
                    p.nextToken() == JsonToken.START_OBJECT
                            && INVALID_JSON.equals(p.nextFieldName())
                            && p.nextToken() == JsonToken.VALUE_STRING;
            String text = wrapped ? p.getText() : object;
            return wrapped && p.nextToken() == JsonToken.END_OBJECT ? text : object;
        } catch (IOException e) {
            throw new UncheckedIOException("what was read as JSON is none", e);
        }
    }
}
