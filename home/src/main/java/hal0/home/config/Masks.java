package hal0.home.config;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/// Which values are secrets and must not be shown.
///
/// **Shape** told by the name, so that a section cannot forget it: keys, tokens, passwords, and
/// everything in a table of headers or of environment variables. A value that only names a variable
/// (`$KEY`, `Bearer ${KEY}`) is shown.
final class Masks {
    static final String REDACTED = "***REDACTED***";

    private static final Set<String> SECRET_TABLES = Set.of("headers", "env");
    private static final List<String> SECRET_ENDINGS =
            List.of("key", "token", "password", "secret", "credential", "credentials");

    private Masks() {}

    /// **Shape** `table` is the last name of the table's path.
    static boolean isSecret(String table, String key) {
        if (SECRET_TABLES.contains(table)) {
            return true;
        }
        String name = key.toLowerCase(Locale.ROOT).replace('-', '_');
        return SECRET_ENDINGS.stream()
                .anyMatch(end -> name.equals(end) || name.endsWith("_" + end));
    }

    /// An address without the user and password that stand before its host.
    static String withoutUser(String value) {
        int start = value.indexOf("://");
        if (start < 0) {
            return value;
        }
        int host = start + 3;
        int end = host;
        while (end < value.length() && "/?#".indexOf(value.charAt(end)) < 0) {
            end++;
        }
        int at = value.lastIndexOf('@', end - 1);
        return at < host ? value : value.substring(0, host) + REDACTED + value.substring(at);
    }

    static boolean isReference(String value) {
        String name = value.startsWith("Bearer ") ? value.substring(7) : value;
        if (!name.startsWith("$")) {
            return false;
        }
        name = name.substring(1);
        if (name.startsWith("{") && name.endsWith("}")) {
            name = name.substring(1, name.length() - 1);
        }
        return !name.isEmpty() && name.chars().allMatch(KeyPath::isWord);
    }
}
