package hal0.tui.theme;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Reads a theme of the program itself, by its lines.
///
/// The first drawing needs one, and the reader of TOML would take longer to load than the rest of
/// what draws. **Shape** `key = value`, where a value is `true`, `false` or in quotes, with nothing
/// escaped; a `#` outside of quotes begins a comment.
final class OwnTheme {
    private OwnTheme() {}

    static Palette read(String name, String text) {
        Map<String, String> values = values(text);
        return new PaletteSection(name, Palettes::plain)
                .palette(
                        "true".equals(values.get("light")),
                        key -> Optional.ofNullable(values.get(key)).map(Paint::parse),
                        Optional.ofNullable(values.get("background")).map(Paint::rgb));
    }

    private static Map<String, String> values(String text) {
        Map<String, String> values = new HashMap<>();
        text.lines()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .forEach(line -> {
                    int equals = line.indexOf('=');
                    values.put(
                            line.substring(0, equals).strip(),
                            value(line.substring(equals + 1).strip()));
                });
        return values;
    }

    private static String value(String written) {
        if (written.startsWith("\"")) {
            return written.substring(1, written.indexOf('"', 1));
        }
        int comment = written.indexOf('#');
        return comment < 0 ? written : written.substring(0, comment).strip();
    }
}
