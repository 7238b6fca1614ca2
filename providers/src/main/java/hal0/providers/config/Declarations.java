package hal0.providers.config;

import hal0.home.config.ConfigProblem;
import hal0.home.config.ConfigProblem.Severity;
import hal0.providers.Provider;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What one file declares, as far as it can be used: a bad entry never hides the others.
///
/// **Shape** in the order of the file. **Threads** any.
public record Declarations(List<Declared> all) {
    public static final Declarations NONE = new Declarations(List.of());

    public Declarations {
        all = List.copyOf(all);
    }

    /// One id that two files declare; `counts` is used.
    public record Clash(Declared counts, Declared hidden) {
        /// A warning at the one that is hidden.
        public ConfigProblem problem() {
            return new ConfigProblem(
                    Severity.WARNING,
                    hidden.file(),
                    hidden.line(),
                    0,
                    hidden.path(),
                    "\"%s\" is declared in %s too, and that one counts"
                            .formatted(hidden.id(), counts.origin()),
                    "remove one of the two");
        }
    }

    /// Whether a problem is that of one entry, and the rest of its file can be used.
    public static boolean isOfOneEntry(ConfigProblem problem) {
        String key = problem.key();
        return problem.file().equals(ProvidersSection.FILE)
                ? key.startsWith("providers.")
                : problem.file().equals(UpstreamsSection.FILE) && key.startsWith("upstream[");
    }

    /// Takes over what a file declares now: entries with an error are as `before` had them, or
    /// wrong.
    public static Declarations of(
            List<Declared> read, List<ConfigProblem> problems, Declarations before) {
        List<ConfigProblem> errors =
                problems.stream().filter(p -> p.severity() == Severity.ERROR).toList();
        List<Declared> all = new ArrayList<>();
        for (Declared entry : read) {
            all.add(entry.problemsIn(errors).isEmpty() ? entry : replaced(entry, before));
        }
        return new Declarations(all);
    }

    private static Declared replaced(Declared entry, Declarations before) {
        return before.find(entry.id())
                .filter(old -> old.state() != Declared.State.WRONG)
                .map(old -> entry.kept(old.provider()))
                .orElseGet(entry::wrong);
    }

    public Optional<Declared> find(String id) {
        return all.stream().filter(declared -> declared.id().equals(id)).findFirst();
    }

    /// What routing sees of it.
    public List<Provider> providers() {
        return all.stream().map(Declared::usable).toList();
    }

    /// Ids that `other` declares too; this one counts.
    public List<Clash> clashes(Declarations other) {
        Map<String, Declared> mine = new LinkedHashMap<>();
        all.forEach(declared -> mine.put(declared.id(), declared));
        List<Clash> clashes = new ArrayList<>();
        for (Declared theirs : other.all) {
            Declared own = mine.get(theirs.id());
            if (own != null) {
                clashes.add(new Clash(own, theirs));
            }
        }
        return clashes;
    }
}
