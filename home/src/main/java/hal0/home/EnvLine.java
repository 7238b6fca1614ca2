package hal0.home;

import java.util.ArrayList;
import java.util.List;

/// One line of an env file. Its text forms never contain the value.
sealed interface EnvLine {
    int MAX_NAME = 64;
    String EXPORT = "export ";

    /// A comment, or nothing.
    record Blank() implements EnvLine {}

    record Pair(String name, String value) implements EnvLine {
        @Override
        public String toString() {
            return name + "=***REDACTED***";
        }
    }

    /// **Shape** says what is wrong without repeating the line: it may be a bare key.
    record Broken(String message, String fix) implements EnvLine {}

    /// The lines with their line ends, so that joining them gives the text again.
    static List<String> split(String text) {
        List<String> lines = new ArrayList<>();
        int start = 0;
        while (start < text.length()) {
            int newline = text.indexOf('\n', start);
            int end = newline < 0 ? text.length() : newline + 1;
            lines.add(text.substring(start, end));
            start = end;
        }
        return lines;
    }

    static EnvLine parse(String line) {
        String text = line.strip();
        if (text.isEmpty() || text.startsWith("#")) {
            return new Blank();
        }
        int equals = text.indexOf('=');
        if (equals < 0) {
            return new Broken("there is no = in this line", "write NAME=value");
        }
        String name = text.substring(0, equals).strip();
        if (name.startsWith(EXPORT)) {
            name = name.substring(EXPORT.length()).strip();
        }
        String value = unquoted(text.substring(equals + 1).strip());
        if (!isName(name)) {
            return new Broken(
                    "what is before the = is not a name",
                    "capital letters, digits and _ only, a letter first, at most 64");
        }
        if (!isPrintable(value)) {
            return new Broken("the value of %s is not printable".formatted(name), "paste it again");
        }
        return new Pair(name, value);
    }

    private static String unquoted(String value) {
        return isQuoted(value) ? value.substring(1, value.length() - 1) : value;
    }

    private static boolean isQuoted(String value) {
        char first = value.isEmpty() ? 0 : value.charAt(0);
        return value.length() >= 2
                && (first == '"' || first == '\'')
                && value.charAt(value.length() - 1) == first;
    }

    static String write(String name, String value) {
        boolean needsQuotes = isQuoted(value) || !value.equals(value.strip());
        return name + "=" + (needsQuotes ? '"' + value + '"' : value);
    }

    /// This line with another value; what precedes the name and how it ends stay.
    static String replaced(String line, String value) {
        int equals = line.indexOf('=');
        String body = line.stripTrailing();
        String end = line.endsWith("\r\n") ? "\r\n" : line.endsWith("\n") ? "\n" : "";
        return write(body.substring(0, equals), value) + end;
    }

    static void requireName(String name) {
        if (!isName(name)) {
            throw new IllegalArgumentException(
                    "this is not a name for a secret: capital letters, digits and _ only, a letter"
                            + " first, at most 64");
        }
    }

    static void requireValue(String name, String value) {
        if (value.isEmpty()) {
            throw new IllegalArgumentException(
                    "the value of %s is empty; to unset it, remove it".formatted(name));
        }
        if (!isPrintable(value)) {
            throw new IllegalArgumentException(
                    "the value of %s must be one line of printable characters".formatted(name));
        }
    }

    private static boolean isName(String name) {
        return !name.isEmpty()
                && name.length() <= MAX_NAME
                && isCapital(name.charAt(0))
                && name.chars().allMatch(c -> isCapital(c) || (c >= '0' && c <= '9') || c == '_');
    }

    private static boolean isCapital(int c) {
        return c >= 'A' && c <= 'Z';
    }

    private static boolean isPrintable(String value) {
        return value.codePoints().allMatch(EnvLine::isPrintable);
    }

    private static boolean isPrintable(int c) {
        return !Character.isISOControl(c)
                && Character.getType(c) != Character.LINE_SEPARATOR
                && Character.getType(c) != Character.PARAGRAPH_SEPARATOR
                && Character.getType(c) != Character.SURROGATE
                && Character.isDefined(c);
    }
}
