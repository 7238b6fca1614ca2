package hal0.home.config;

import hal0.home.error.ErrorKind;
import java.util.List;
import java.util.stream.Collectors;

/// A configuration that cannot be used, or cannot be edited, as it is.
///
/// **Shape** the message has one line for each problem.
public final class ConfigException extends RuntimeException {
    private final transient List<ConfigProblem> problems;

    public ConfigException(List<ConfigProblem> problems) {
        super(problems.stream().map(ConfigProblem::toString).collect(Collectors.joining("\n")));
        this.problems = List.copyOf(problems);
    }

    public List<ConfigProblem> problems() {
        return problems;
    }

    public ErrorKind kind() {
        return ErrorKind.CONFIGURATION;
    }
}
