package hal0.cli.wiring;

import hal0.home.config.ConfigProblem;
import java.util.ArrayList;
import java.util.List;

/// What a change of a file makes wrong that was not wrong before.
final class ConfigChange {
    private ConfigChange() {}

    /// **Shape** the place of an error may move with the lines; the same text about the same key is
    /// the same error.
    static List<ConfigProblem> newErrors(List<ConfigProblem> before, List<ConfigProblem> after) {
        List<String> known = new ArrayList<>();
        before.forEach(problem -> known.add(sameness(problem)));
        return after.stream()
                .filter(problem -> problem.severity() == ConfigProblem.Severity.ERROR)
                .filter(problem -> !known.remove(sameness(problem)))
                .map(ConfigChange::withoutPlace)
                .toList();
    }

    /// The line is one of a text that nobody will see.
    private static ConfigProblem withoutPlace(ConfigProblem problem) {
        return new ConfigProblem(
                problem.severity(),
                problem.file(),
                0,
                0,
                problem.key(),
                problem.message(),
                problem.fix());
    }

    private static String sameness(ConfigProblem problem) {
        String key = problem.key().replaceAll("\\[\\d+]", "[]");
        return problem.file() + '\n' + key + '\n' + problem.message();
    }
}
