package hal0.providers.config;

import hal0.home.config.ConfigProblem;
import hal0.home.config.ConfigProblem.Severity;
import hal0.providers.Presets;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Base URLs that variables give to presets, checked before anything uses them.
///
/// **Shape** the first variable of a list that is set counts; it is used as written, spaces and a
/// trailing slash cut, so the openai one must carry its path. **Source** hal0's contract for these
/// names, and Hiveloom's for its own ("the base URL must include the /v1 path prefix").
public final class AddressVariables {
    private static final String PLACE = "environment";

    private AddressVariables() {}

    /// What is wrong with those that are set.
    public static List<ConfigProblem> problems(Function<String, Optional<String>> variables) {
        List<ConfigProblem> problems = new ArrayList<>();
        for (List<String> names : List.of(Presets.OPENAI_BASE_URL, Presets.CUSTOM_BASE_URL)) {
            for (String name : names) {
                Optional<String> value = variables.apply(name);
                if (value.isPresent()) {
                    check(name, value.get()).ifPresent(problems::add);
                    break;
                }
            }
        }
        return problems;
    }

    /// The same variables, without those that are wrong and with the others as they are used.
    public static Function<String, Optional<String>> usable(
            Function<String, Optional<String>> variables) {
        return name ->
                Presets.OPENAI_BASE_URL.contains(name) || Presets.CUSTOM_BASE_URL.contains(name)
                        ? variables
                                .apply(name)
                                .filter(value -> check(name, value).isEmpty())
                                .map(value -> BaseUrl.parse(value).toString())
                        : variables.apply(name);
    }

    private static Optional<ConfigProblem> check(String name, String value) {
        try {
            URI address = BaseUrl.parse(value);
            String path = address.getPath();
            boolean bare = path == null || path.isEmpty();
            return bare && Presets.OPENAI_BASE_URL.contains(name)
                    ? Optional.of(
                            problem(
                                    name,
                                    "it has no path, and /chat/completions is appended to it as it stands",
                                    "write it with its path, such as https://api.openai.com/v1"))
                    : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.of(problem(name, String.valueOf(e.getMessage()), ""));
        }
    }

    private static ConfigProblem problem(String name, String message, String fix) {
        return new ConfigProblem(Severity.ERROR, PLACE, 0, 0, name, message, fix);
    }
}
