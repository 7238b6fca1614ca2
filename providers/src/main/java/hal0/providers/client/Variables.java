package hal0.providers.client;

import java.util.Optional;
import java.util.function.Function;

/// Puts variables into the values of headers: `$NAME` and `${NAME}`.
public final class Variables {
    private Variables() {}

    /// The text with every variable replaced; empty when one of them is not set. A `$` that begins
    /// no name stands for itself, and `$$` before a name for one `$`.
    public static Optional<String> expand(
            String text, Function<String, Optional<String>> variables) {
        if (text.indexOf('$') < 0) {
            return Optional.of(text);
        }
        StringBuilder out = new StringBuilder();
        int i = 0;
        while (i < text.length()) {
            char c = text.charAt(i);
            if (isQuoted(text, i)) {
                out.append(c);
                i += 2;
                continue;
            }
            boolean braced = c == '$' && text.startsWith("{", i + 1);
            int start = i + (braced ? 2 : 1);
            int end = c == '$' ? nameEnd(text, start) : start;
            boolean closed = !braced || (end < text.length() && text.charAt(end) == '}');
            if (c != '$' || end == start || !closed) {
                out.append(c);
                i++;
                continue;
            }
            Optional<String> value =
                    variables.apply(text.substring(start, end)).filter(v -> !v.isEmpty());
            if (value.isEmpty()) {
                return Optional.empty();
            }
            out.append(value.get());
            i = braced ? end + 1 : end;
        }
        return Optional.of(out.toString());
    }

    /// `text` such that [#expand] gives it back.
    static String literal(String text) {
        StringBuilder out = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            out.append(text.charAt(i));
            if (text.charAt(i) == '$' && beginsName(text, i + 1)) {
                out.append('$');
            }
        }
        return out.toString();
    }

    private static boolean isQuoted(String text, int i) {
        return text.startsWith("$$", i) && beginsName(text, i + 2);
    }

    private static boolean beginsName(String text, int i) {
        return i < text.length() && (text.charAt(i) == '{' || isNamePart(text.charAt(i), false));
    }

    private static int nameEnd(String text, int start) {
        int i = start;
        while (i < text.length() && isNamePart(text.charAt(i), i > start)) {
            i++;
        }
        return i;
    }

    private static boolean isNamePart(char c, boolean inside) {
        return (c >= 'A' && c <= 'Z')
                || (c >= 'a' && c <= 'z')
                || c == '_'
                || (inside && c >= '0' && c <= '9');
    }
}
