package hal0.providers.responses;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import hal0.providers.dialect.Json;
import hal0.providers.message.Part;
import hal0.providers.message.Protocol;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/// Whether a message of the model is commentary or its answer, as a part in front of its text: the
/// API wants it back, and no other protocol has a word for it.
///
/// **Shape** `{"phase":"commentary"}`, which is no item. **Source** `phase` of
/// `ResponseOutputMessage` in resources/responses/responses.d.ts of the npm package openai 6.49.0,
/// read 2026-11-21.
final class MessagePhase {
    private static final String FIELD = "phase";

    private MessagePhase() {}

    static Part.Opaque mark(String phase) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = Json.generator(text)) {
            json.writeStartObject();
            json.writeStringField(FIELD, phase);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory cannot fail", e);
        }
        return new Part.Opaque(Protocol.RESPONSES, text.toString());
    }

    /// The phase that a part marks; null when it is something else.
    static @Nullable String find(Part.Opaque part) {
        if (!part.json().startsWith("{\"" + FIELD + "\"")) {
            return null;
        }
        try (JsonParser p = Json.parser(part.json())) {
            p.nextToken();
            p.nextToken();
            String phase = p.nextToken() == JsonToken.VALUE_STRING ? p.getText() : null;
            return p.nextToken() == JsonToken.END_OBJECT ? phase : null;
        } catch (IOException e) {
            // Not JSON, so not ours.
            return null;
        }
    }
}
