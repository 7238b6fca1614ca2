package hal0.slots.definition;

import hal0.home.config.Setting;
import hal0.home.config.Settings;
import java.util.Map;
import java.util.stream.Collectors;

/// Where the keys of one file are written.
///
/// **Shape** the line of each key that is written, by its dotted path; `file` is what problems call
/// the file.
record Places(String file, Map<String, Integer> lines) {
    private static final String DEFAULT = "default";

    Places {
        lines = Map.copyOf(lines);
    }

    static Places of(String file, Settings settings) {
        return new Places(
                file,
                settings.settings().stream()
                        .filter(setting -> !setting.origin().equals(DEFAULT))
                        .collect(Collectors.toMap(Setting::path, Places::line, (a, _) -> a)));
    }

    private static int line(Setting setting) {
        String origin = setting.origin();
        return Integer.parseInt(origin.substring(origin.lastIndexOf(':') + 1));
    }

    boolean has(String key) {
        return lines.containsKey(key);
    }

    int line(String key) {
        return lines.getOrDefault(key, 0);
    }

    /// `slots/chat.toml:12`, or the file where the key is not written.
    String at(String key) {
        return has(key) ? file + ":" + line(key) : file;
    }

    /// The same, but empty where the key is not written.
    String ifWritten(String key) {
        return has(key) ? at(key) : "";
    }
}
