package hal0.cli.wiring;

import static java.nio.charset.StandardCharsets.UTF_8;

import hal0.home.config.Settings;
import hal0.relay.control.SettingNotes;
import hal0.relay.control.SettingsSchema;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/// Every key that `config.toml` may have, from the file that says what each is for.
final class SettingsReference {
    private SettingsReference() {}

    /// The schema of `config.toml`, as this version reads it.
    static byte[] schema(ConfigSections sections) {
        try {
            String text = text();
            Settings read = Settings.of("settings.toml", text, sections.ofConfig());
            return SettingsSchema.of(read.settings(), SettingNotes.of(text));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String text() throws IOException {
        try (InputStream in = SettingsReference.class.getResourceAsStream("settings.toml")) {
            if (in == null) {
                throw new IllegalStateException("settings.toml is missing from the hal0-cli jar");
            }
            return new String(in.readAllBytes(), UTF_8);
        }
    }
}
