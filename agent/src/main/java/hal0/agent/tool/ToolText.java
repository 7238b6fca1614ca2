package hal0.agent.tool;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import hal0.providers.message.Tool;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;

/// Reads what a model is told of a tool from `NAME.json` beside it: `description` and `schema`.
///
/// By tokens: the tools are read before the first prompt is shown, and nothing else until then
/// needs the mapper of objects, which takes a tenth of that time to load.
public final class ToolText {
    private static final JsonFactory JSON = new JsonFactory();

    private ToolText() {}

    /// **Errors** [IllegalStateException] for a tool without text, which is a fault of the build.
    public static Tool of(Class<?> beside, String name) {
        try (InputStream in = beside.getResourceAsStream(name + ".json")) {
            if (in == null) {
                throw new IllegalStateException("no text of the tool " + name);
            }
            try (JsonParser text = JSON.createParser(in)) {
                return read(text, name);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Tool read(JsonParser text, String name) throws IOException {
        String description = "";
        String schema = "";
        text.nextToken();
        while (text.nextToken() == JsonToken.FIELD_NAME) {
            String field = text.currentName();
            text.nextToken();
            switch (field) {
                case "description" -> description = text.getText();
                case "schema" -> schema = compact(text);
                default ->
                        throw new IllegalStateException(
                                "the text of the tool %s has a field too many: %s"
                                        .formatted(name, field));
            }
        }
        return new Tool(name, description, schema);
    }

    private static String compact(JsonParser value) throws IOException {
        StringWriter written = new StringWriter();
        try (JsonGenerator out = JSON.createGenerator(written)) {
            out.copyCurrentStructure(value);
        }
        return written.toString();
    }
}
