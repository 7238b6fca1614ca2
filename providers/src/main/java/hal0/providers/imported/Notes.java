package hal0.providers.imported;

import hal0.home.config.ConfigProblem;
import hal0.home.config.ConfigProblem.Severity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// What of a file could not be taken over.
///
/// **Shape** names of keys, never values: they may be secrets. **Threads** one.
final class Notes {
    private final String fileName;
    private final Set<ConfigProblem> notes = new LinkedHashSet<>();

    Notes(String fileName) {
        this.fileName = fileName;
    }

    String fileName() {
        return fileName;
    }

    void add(int line, String key, String why, String fix) {
        notes.add(new ConfigProblem(Severity.WARNING, fileName, line, 0, key, why, fix));
    }

    /// In the order of the file.
    List<ConfigProblem> all() {
        List<ConfigProblem> sorted = new ArrayList<>(notes);
        sorted.sort(Comparator.comparingInt(ConfigProblem::line));
        return sorted;
    }
}
