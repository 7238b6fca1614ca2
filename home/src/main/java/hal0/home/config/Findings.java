package hal0.home.config;

import hal0.home.config.ConfigProblem.Severity;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What reading one file brings to light: its problems, and every key with its value.
///
/// **Threads** one.
final class Findings {
    /// **Shape** both count from 1, or are 0.
    record Place(int line, int column) {
        static final Place NONE = new Place(0, 0);
    }

    private final String file;
    private final Set<ConfigProblem> problems = new LinkedHashSet<>();
    private final Map<String, Setting> settings = new LinkedHashMap<>();

    Findings(String file) {
        this.file = file;
    }

    void error(Place place, String key, String message, String fix) {
        problem(Severity.ERROR, place, key, message, fix);
    }

    void problem(Severity severity, Place place, String key, String message, String fix) {
        problems.add(
                new ConfigProblem(
                        severity,
                        file,
                        place.line(),
                        place.column(),
                        printable(key),
                        printable(message),
                        printable(fix)));
    }

    /// A file that somebody else wrote must not reach the terminal's controls through a problem.
    private static String printable(String text) {
        if (text.chars().noneMatch(Character::isISOControl)) {
            return text;
        }
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isISOControl(c)) {
                out.append("\\u%04x".formatted((int) c));
            } else {
                out.append(c);
            }
        }
        return out.toString();
    }

    void setting(String path, String value, Place place, Form form, String standard) {
        String origin = place.line() == 0 ? "default" : file + ":" + place.line();
        settings.put(path, new Setting(path, value, origin, form, standard));
    }

    Collection<Setting> settings() {
        return settings.values();
    }

    /// In the order of the file.
    List<ConfigProblem> problems() {
        List<ConfigProblem> sorted = new ArrayList<>(problems);
        sorted.sort(Comparator.comparingInt(ConfigProblem::line));
        return sorted;
    }
}
