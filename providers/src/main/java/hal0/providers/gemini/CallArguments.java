package hal0.providers.gemini;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import hal0.providers.dialect.Json;
import java.io.IOException;

/// The arguments of a call where only an object can be said.
///
/// **Shape** what a model wrote that is no object goes inside one, so that it sees its mistake, and
/// comes out of it again.
final class CallArguments {
    private static final String INVALID_JSON = "invalid_json";

    private CallArguments() {}

    static void write(JsonGenerator json, String arguments) throws IOException {
        if (Json.isObject(arguments)) {
            Json.writeRaw(json, arguments);
        } else {
            json.writeStartObject();
            json.writeStringField(INVALID_JSON, arguments);
            json.writeEndObject();
        }
    }

    /// The arguments that `object` was made of.
    static String read(String object) throws IOException {
        if (!object.startsWith("{\"" + INVALID_JSON + "\":\"")) {
            return object;
        }
        try (JsonParser p = Json.parser(object)) {
            p.nextToken();
            p.nextToken();
            p.nextToken();
            String text = p.getText();
            return p.nextToken() == JsonToken.END_OBJECT ? text : object;
        }
    }
}
