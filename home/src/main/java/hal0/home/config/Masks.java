package hal0.home.config;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Which values are secrets and must not be shown.
///
/// **Shape** told by the name, so that a section cannot forget it: keys, tokens, passwords, and
/// everything in a table of headers or of environment variables. A value that only names a variable
/// (`$KEY`, `Bearer ${KEY}`) is shown. Of addresses and command lines the parts are shown that hold
/// none. **Threads** any.
public final class Masks {
    static final String REDACTED = "***REDACTED***";

    /// Names of options, variables, headers.
    private static final Pattern SECRET_NAME =
            Pattern.compile(
                    "(?i).*(?:key|token|password|secret|credentials?|auth(?:orization)?|cookie)");

    /// What a query may say to anyone: it names the version of an interface.
    private static final Pattern OPEN_PARAMETER = Pattern.compile("(?i).*version");

    private static final Pattern HEADER = Pattern.compile("([\\w-]+):\\s*(.+)", Pattern.DOTALL);

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

    /// The words of a command: without what follows `--token`, `API_KEY=` or `Authorization:`, and
    /// without what addresses among them hold.
    public static List<String> words(List<String> command) {
        List<String> shown = new ArrayList<>();
        boolean secretNext = false;
        for (String word : command) {
            boolean option = word.startsWith("-");
            shown.add(secretNext && !option ? hidden("", word) : word(word));
            secretNext = option && SECRET_NAME.matcher(word).matches();
        }
        return shown;
    }

    private static String word(String word) {
        int equals = word.indexOf('=');
        if (equals > 0 && SECRET_NAME.matcher(word.substring(0, equals)).matches()) {
            return hidden(word.substring(0, equals + 1), word.substring(equals + 1));
        }
        Matcher header = HEADER.matcher(word);
        if (header.matches() && SECRET_NAME.matcher(header.group(1)).matches()) {
            return hidden(word.substring(0, header.start(2)), header.group(2));
        }
        return address(word);
    }

    private static String hidden(String before, String value) {
        return before + (isReference(value) ? value : REDACTED);
    }

    /// An address without user, password and what its query says.
    static String address(String value) {
        int query = value.contains("://") ? value.indexOf('?', value.indexOf("://")) : -1;
        if (query < 0) {
            return withoutUser(value);
        }
        int end = value.indexOf('#', query);
        String asked = value.substring(query + 1, end < 0 ? value.length() : end);
        String shown =
                Arrays.stream(asked.split("&", -1))
                        .map(Masks::parameter)
                        .collect(Collectors.joining("&"));
        return withoutUser(value.substring(0, query))
                + '?'
                + shown
                + (end < 0 ? "" : value.substring(end));
    }

    private static String parameter(String parameter) {
        int equals = parameter.indexOf('=');
        String name = equals < 0 ? "" : parameter.substring(0, equals);
        return parameter.isEmpty() || OPEN_PARAMETER.matcher(name).matches()
                ? parameter
                : hidden(equals < 0 ? "" : name + '=', parameter.substring(equals + 1));
    }

    private static String withoutUser(String value) {
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
