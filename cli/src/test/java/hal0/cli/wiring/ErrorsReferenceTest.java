package hal0.cli.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import hal0.cli.Document;
import hal0.home.error.ErrorKind;
import hal0.relay.control.Refusal;
import hal0.relay.error.RelayException;
import hal0.relay.slot.SlotErrors;
import hal0.slots.error.ModelProblem;
import hal0.slots.error.SlotProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// `docs/errors.md` has every code that hal0 answers, with the statuses that it answers it with.
class ErrorsReferenceTest {
    private static final Pattern ROW =
            Pattern.compile(
                    "(?m)^\\| `([a-z]+\\.[a-z_]+)` \\| ([0-9, ]+) \\| (\\S.*) \\| (\\S.*) \\|$");

    /// A status and then the code, as every refusal of the relay is made.
    private static final Pattern MADE =
            Pattern.compile("\\b([45]\\d\\d),\\s*\"([a-z]+\\.[a-z_]+)\"");

    /// A refusal whose status is worked out, or stands where it is thrown through a method.
    private static final Pattern THROWN =
            Pattern.compile(
                    "(?:RelayException\\s*\\.\\s*(?:of|at|later|closing)\\([^;{}]{0,400}?|throw [a-z][A-Za-z]*\\(\\s*)\"([a-z]+\\.[a-z_]+)\"");

    /// A file that the sentence of an error names.
    private static final Set<String> FILES = Set.of("config.toml", "hal0.log");

    @Test
    void everyCodeIsExplained() throws Exception {
        Map<String, Set<String>> answered = answered();
        assertThat(answered).hasSizeGreaterThan(80);

        Map<String, Set<String>> explained = new TreeMap<>();
        ROW.matcher(Document.of("docs/errors.md").text())
                .results()
                .forEach(row ->
                        explained.put(
                                row.group(1),
                                Arrays.stream(row.group(2).split(", "))
                                        .collect(Collectors.toCollection(TreeSet::new))));

        assertThat(explained.keySet()).containsExactlyInAnyOrderElementsOf(answered.keySet());
        answered.forEach((code, statuses) -> {
            if (!statuses.isEmpty()) {
                assertThat(explained.get(code)).as(code).isEqualTo(statuses);
            }
        });
    }

    /// Codes and their statuses; none where the code does not say it in one place.
    private static Map<String, Set<String>> answered() throws IOException {
        Map<String, Set<String>> all = new TreeMap<>();
        for (SlotProblem problem : SlotProblem.values()) {
            add(all, problem.code(), SlotErrors.status(problem));
        }
        for (ModelProblem problem : ModelProblem.values()) {
            add(all, problem.code(), problem.status());
        }
        for (Refusal refusal : Refusal.values()) {
            add(all, refusal.code(), refusal.status());
        }
        for (ErrorKind kind : ErrorKind.values()) {
            add(all, RelayException.code(kind), RelayException.status(kind));
        }
        for (String module : Set.of("home", "providers", "slots", "agent", "relay", "cli")) {
            Path sources = Path.of(System.getProperty("hal0.root"), module, "src/main/java");
            try (Stream<Path> files = Files.walk(sources)) {
                for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
                    String text = Files.readString(file);
                    MADE.matcher(text)
                            .results()
                            .forEach(made ->
                                    add(all, made.group(2), Integer.parseInt(made.group(1))));
                    THROWN.matcher(text)
                            .results()
                            .map((MatchResult thrown) -> thrown.group(1))
                            .filter(code -> !FILES.contains(code))
                            .forEach(code -> all.computeIfAbsent(code, _ -> new TreeSet<>()));
                }
            }
        }
        return all;
    }

    private static void add(Map<String, Set<String>> all, String code, int status) {
        all.computeIfAbsent(code, _ -> new TreeSet<>()).add(String.valueOf(status));
    }
}
