package hal0.agent.search;

import org.jspecify.annotations.Nullable;

/// What stands between brackets in a wildcard: `[a-z0-9]`, `[!abc]`, `[[:digit:]]`.
///
/// **Shape** `end` is where its closing bracket stands in the pattern.
record CharClass(String ranges, boolean negated, int end) {

    boolean has(char c) {
        for (int i = 0; i < ranges.length(); i += 2) {
            if (c >= ranges.charAt(i) && c <= ranges.charAt(i + 1)) {
                return !negated && c != '/';
            }
        }
        return negated && c != '/';
    }

    /// The class that opens at `from`, or null where it is never closed.
    static @Nullable CharClass at(String pattern, int from) {
        int at = from + 1;
        boolean negated = at < pattern.length() && "!^".indexOf(pattern.charAt(at)) >= 0;
        if (negated) {
            at++;
        }
        StringBuilder ranges = new StringBuilder();
        for (int first = at; at < pattern.length(); at++) {
            char c = pattern.charAt(at);
            if (c == ']' && at > first) {
                return new CharClass(ranges.toString(), negated, at);
            }
            if (c == '[' && pattern.startsWith("[:", at)) {
                int close = pattern.indexOf(":]", at + 2);
                String named = close < 0 ? null : named(pattern.substring(at + 2, close));
                if (close >= 0) {
                    if (named == null) {
                        return null;
                    }
                    ranges.append(named);
                    at = close + 1;
                    continue;
                }
            }
            if (c == '\\' && ++at < pattern.length()) {
                c = pattern.charAt(at);
            }
            char last = c;
            if (at + 2 < pattern.length()
                    && pattern.charAt(at + 1) == '-'
                    && pattern.charAt(at + 2) != ']') {
                at += 2;
                last = pattern.charAt(at);
                if (last == '\\' && ++at < pattern.length()) {
                    last = pattern.charAt(at);
                }
            }
            ranges.append(c).append(last);
        }
        return null;
    }

    private static @Nullable String named(String name) {
        return switch (name) {
            case "alpha" -> "azAZ";
            case "digit" -> "09";
            case "alnum" -> "azAZ09";
            case "upper" -> "AZ";
            case "lower" -> "az";
            case "xdigit" -> "09afAF";
            case "space" -> "\t\r  ";
            case "blank" -> "\t\t  ";
            case "punct" -> "!/:@[`{~";
            case "print" -> " ~";
            case "graph" -> "!~";
            case "cntrl" -> "\0\u001f\u007f\u007f";
            default -> null;
        };
    }
}
