package hal0.providers.gemini;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import hal0.providers.dialect.Json;
import java.io.IOException;

/// What the `response` of a function says: the text of `output` or of `error`, or all of it as JSON
/// when it has another form.
///
/// **Source** types.FunctionResponse in @google/genai 2.32.0 (`output` and `error`), read
/// 2026-11-21.
record ResponseText(String text, boolean failed) {

    /// `response` is a JSON object.
    static ResponseText of(String response) throws IOException {
        try (JsonParser p = Json.parser(response)) {
            p.nextToken();
            if (p.nextToken() == JsonToken.END_OBJECT) {
                return new ResponseText("", false);
            }
            boolean failed = p.currentName().equals("error");
            boolean known = failed || p.currentName().equals("output");
            String said = p.nextToken() == JsonToken.VALUE_STRING ? p.getText() : Json.raw(p);
            boolean alone = p.nextToken() == JsonToken.END_OBJECT;
            return known && alone
                    ? new ResponseText(said, failed)
                    : new ResponseText(response, false);
        }
    }
}
