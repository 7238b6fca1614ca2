package hal0.providers.imported;

import hal0.providers.Secret;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Turns what a file says of a key into the name of a variable. A key that stands there itself is
/// put aside under a name that nothing else uses.
///
/// **Shape** understood are `os.environ/X` (LiteLLM), `{env:X}` (opencode), `${X}` and `$X` (Athyr,
/// Hamr). **Threads** one.
final class Keys {
    private static final String NAME = "([A-Za-z_][A-Za-z0-9_]*)";
    private static final Pattern REFERENCE =
            Pattern.compile("os\\.environ/%1$s|\\{env:%1$s}|\\$\\{%1$s}|\\$%1$s".formatted(NAME));
    private static final Pattern ENV_BRACES = Pattern.compile("\\{env:" + NAME + "}");

    /// What people write where a program insists on a key and the server wants none.
    private static final Set<String> NO_KEY =
            Set.of("none", "null", "empty", "no-key", "not-needed", "no-key-required", "dummy");

    private static final List<String> SECRET_NAMES =
            List.of("authorization", "key", "token", "secret", "password", "cookie", "credential");
    private static final int LONGEST_NAME = 64;
    private static final int SHORTEST_OPAQUE = 16;
    private static final String BEARER = "Bearer ";

    private final Function<String, Optional<String>> variables;
    private final Map<String, String> literals = new LinkedHashMap<>();

    /// `variables` tells what is set, in the environment or in `api.env`.
    Keys(Function<String, Optional<String>> variables) {
        this.variables = variables;
    }

    /// What a variable holds, for what is no secret.
    Optional<String> valueOf(String variable) {
        return variables.apply(variable);
    }

    /// The variable that a text names; null when it names none.
    static @Nullable String reference(String text) {
        Matcher matcher = REFERENCE.matcher(text.strip());
        if (!matcher.matches()) {
            return null;
        }
        for (int group = 1; group <= matcher.groupCount(); group++) {
            if (matcher.group(group) != null) {
                return matcher.group(group);
            }
        }
        return null;
    }

    /// The variable that holds this key; null where there is none. `preferred` names one for a key
    /// that stands in the file.
    @Nullable String of(Node node, String preferred) {
        String text = node.text();
        if (text == null
                || text.isBlank()
                || NO_KEY.contains(text.strip().toLowerCase(Locale.ROOT))) {
            return null;
        }
        String named = reference(text);
        if (named != null) {
            return named;
        }
        if (text.startsWith("{file:")) {
            node.noted(
                    "names a file that holds the key", "put the key into api.env as " + preferred);
            return preferred;
        }
        return kept(node, text.strip(), preferred);
    }

    private @Nullable String kept(Node node, String secret, String preferred) {
        if (secret.chars().anyMatch(Character::isISOControl)) {
            node.noted("is no key: a key is one line");
            return null;
        }
        String name = preferred;
        for (int i = 2; !isFree(name, secret); i++) {
            String end = "_" + i;
            name =
                    preferred.substring(
                            0, Math.min(preferred.length(), LONGEST_NAME - end.length()));
            name += end;
        }
        literals.put(name, secret);
        return name;
    }

    /// Takes over what a file sets a variable to.
    void adopt(String variable, Node node) {
        String text = node.text();
        if (text == null || reference(text) != null) {
            node.noted("sets a variable to no text of its own");
        } else if (!variable.matches("[A-Z][A-Z0-9_]{0,63}")) {
            node.noted("is no name for a line of api.env");
        } else if (!isFree(variable, text)) {
            node.noted("is set to something else already", "set it yourself");
        } else if (!text.isBlank() && text.chars().noneMatch(Character::isISOControl)) {
            literals.put(variable, text);
        }
    }

    private boolean isFree(String name, String secret) {
        String held = literals.getOrDefault(name, variables.apply(name).orElse(secret));
        return held.equals(secret);
    }

    /// A header's value with `${X}` for every variable, and for what looks like a secret.
    @Nullable String header(Node node, String name, String provider) {
        String text = node.text();
        if (text == null) {
            return null;
        }
        String whole = reference(text);
        if (whole != null) {
            return "${" + whole + "}";
        }
        String value = ENV_BRACES.matcher(text).replaceAll("\\${$1}");
        if (value.contains("$") || !isSecret(name, value)) {
            return value;
        }
        String start = value.startsWith(BEARER) ? BEARER : "";
        String variable = kept(node, value.substring(start.length()), variable(provider, name));
        return variable == null ? null : start + "${" + variable + "}";
    }

    static boolean isSecretName(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return SECRET_NAMES.stream().anyMatch(lower::contains);
    }

    /// By its name, or because it looks like nothing that anybody reads.
    private static boolean isSecret(String name, String value) {
        boolean opaque =
                value.length() >= SHORTEST_OPAQUE
                        && value.chars().anyMatch(Character::isDigit)
                        && value.chars().anyMatch(Character::isLetter)
                        && value.chars().allMatch(c -> c > ' ' && c < 127 && ":/.".indexOf(c) < 0);
        return opaque || isSecretName(name);
    }

    /// A variable's name made of words: `my box`, `api-key` → `MY_BOX_API_KEY`.
    static String variable(String... words) {
        String name =
                String.join("_", words).toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]+", "_");
        name = name.replaceAll("^[_0-9]+|_+$", "");
        name = name.isEmpty() ? "IMPORTED_KEY" : name;
        return name.substring(0, Math.min(name.length(), LONGEST_NAME));
    }

    List<Credential> credentials() {
        List<Credential> all = new ArrayList<>();
        literals.forEach((name, value) -> all.add(new Credential(name, new Secret(value))));
        return all;
    }
}
