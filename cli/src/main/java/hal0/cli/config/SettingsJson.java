package hal0.cli.config;

import static com.fasterxml.jackson.databind.DeserializationFeature.FAIL_ON_TRAILING_TOKENS;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import hal0.home.config.Setting;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.util.List;

/// `config show --json`.
final class SettingsJson {
    private SettingsJson() {}

    /// TOML's texts, numbers, booleans and lists are written as JSON writes them, but for a few
    /// forms (`inf`, dates), which become texts.
    private static void value(String toml, JsonGenerator json) throws IOException {
        ObjectMapper reader = new ObjectMapper().enable(FAIL_ON_TRAILING_TOKENS);
        try {
            reader.writeTree(json, reader.readTree(toml));
        } catch (JsonProcessingException e) {
            json.writeString(toml);
        }
    }

    static void write(List<Setting> settings, PrintStream out) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = new JsonFactory().createGenerator(bytes)) {
            json.useDefaultPrettyPrinter();
            json.writeStartArray();
            for (Setting setting : settings) {
                json.writeStartObject();
                json.writeStringField("key", setting.path());
                json.writeFieldName("value");
                value(setting.value(), json);
                json.writeStringField("origin", setting.origin());
                json.writeEndObject();
            }
            json.writeEndArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        out.writeBytes(bytes.toByteArray());
        out.println();
    }
}
