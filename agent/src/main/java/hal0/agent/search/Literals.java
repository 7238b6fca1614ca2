package hal0.agent.search;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Finds texts of which one must stand in every line that a regular expression matches, so that
/// other lines need not be looked at.
///
/// **Shape** pure and cautious: what it does not understand gives no texts.
final class Literals {
    private static final int MOST_ALTERNATIVES = 8;

    private final String regex;
    private final boolean fold;
    private final List<String> found = new ArrayList<>();
    private final StringBuilder run = new StringBuilder();
    private String best = "";
    private boolean lastIsLiteral;
    private int at;

    private Literals(String regex, boolean fold) {
        this.regex = regex;
        this.fold = fold;
    }

    /// One text for each alternative; empty where there is none to go by.
    static List<String> of(String regex, boolean fold) {
        Literals literals = new Literals(regex, fold);
        return literals.read() && literals.found.size() <= MOST_ALTERNATIVES
                ? List.copyOf(literals.found)
                : List.of();
    }

    /// The text that a regular expression without any operator means, or null.
    static @Nullable String whole(String regex) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < regex.length(); i++) {
            char c = regex.charAt(i);
            if (c == '\\' && i + 1 < regex.length() && !letterOrDigit(regex.charAt(i + 1))) {
                text.append(regex.charAt(++i));
            } else if ("\\^$.|?*+()[]{}".indexOf(c) >= 0) {
                return null;
            } else {
                text.append(c);
            }
        }
        return text.toString();
    }

    private boolean read() {
        while (at < regex.length()) {
            char c = regex.charAt(at++);
            boolean understood =
                    switch (c) {
                        case '\\' -> escape();
                        case '.', '^', '$' -> operator();
                        case '[' -> skipClass() && operator();
                        case '(' -> group() && operator();
                        case '|' -> alternative();
                        case ')' -> false;
                        case '*', '?', '{', '+' -> quantifier(c);
                        default -> literal(c);
                    };
            if (!understood) {
                return false;
            }
        }
        return alternative();
    }

    private boolean literal(char c) {
        // Letters outside of ASCII fold to k and s.
        boolean usable = c < 128 && !(fold && "kKsS".indexOf(c) >= 0);
        if (usable) {
            run.append(c);
            lastIsLiteral = true;
            return true;
        }
        return operator();
    }

    private boolean operator() {
        endRun();
        lastIsLiteral = false;
        return true;
    }

    private void endRun() {
        if (run.length() > best.length()) {
            best = run.toString();
        }
        run.setLength(0);
    }

    private boolean alternative() {
        operator();
        found.add(best);
        boolean some = !best.isEmpty();
        best = "";
        return some;
    }

    private boolean escape() {
        if (at == regex.length()) {
            return false;
        }
        char c = regex.charAt(at++);
        if (!letterOrDigit(c)) {
            return literal(c);
        }
        if (c == 'p' || c == 'P') {
            int close = regex.startsWith("{", at) ? regex.indexOf('}', at) : at;
            at = close + 1;
            return close >= 0 && operator();
        }
        return "dDsSwWbBhHvVtAzZ".indexOf(c) >= 0 && operator();
    }

    private boolean quantifier(char c) {
        if (c != '+' && lastIsLiteral) {
            run.setLength(run.length() - 1);
        }
        operator();
        if (c == '{') {
            at = regex.indexOf('}', at) + 1;
            if (at == 0) {
                return false;
            }
        }
        if (at < regex.length() && "?+".indexOf(regex.charAt(at)) >= 0) {
            at++;
        }
        return true;
    }

    private boolean group() {
        if (regex.startsWith("?", at) && !regex.startsWith("?:", at)) {
            int kind = at + 1 < regex.length() ? regex.charAt(at + 1) : 0;
            if ("=!<".indexOf(kind) < 0) {
                return false; // flags: they change what follows
            }
        }
        for (int depth = 1; depth > 0; ) {
            if (at >= regex.length()) {
                return false;
            }
            switch (regex.charAt(at++)) {
                case '\\' -> {
                    if (regex.startsWith("Q", at)) {
                        return false;
                    }
                    at++;
                }
                case '(' -> {
                    if (regex.startsWith("?", at) && !regex.startsWith("?:", at)) {
                        return false;
                    }
                    depth++;
                }
                case ')' -> depth--;
                case '[' -> {
                    if (!skipClass()) {
                        return false;
                    }
                }
                default -> {}
            }
        }
        return true;
    }

    private boolean skipClass() {
        int first = regex.startsWith("^", at) ? at + 1 : at;
        if (regex.startsWith("]", first)) {
            return false;
        }
        for (int depth = 1; depth > 0; ) {
            if (at >= regex.length()) {
                return false;
            }
            switch (regex.charAt(at++)) {
                case '\\' -> {
                    if (regex.startsWith("Q", at)) {
                        return false;
                    }
                    at++;
                }
                case '[' -> depth++;
                case ']' -> depth--;
                default -> {}
            }
        }
        return true;
    }

    private static boolean letterOrDigit(char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }
}
