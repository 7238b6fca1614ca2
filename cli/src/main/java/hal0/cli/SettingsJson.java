package hal0.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import hal0.home.config.Setting;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.util.List;

/// `config show --json`.
final class SettingsJson {
    private SettingsJson() {}

    static void write(List<Setting> settings, PrintStream out) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = new JsonFactory().createGenerator(bytes)) {
            json.useDefaultPrettyPrinter();
            json.writeStartArray();
            for (Setting setting : settings) {
                json.writeStartObject();
                json.writeStringField("key", setting.path());
                json.writeStringField("value", setting.value());
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
