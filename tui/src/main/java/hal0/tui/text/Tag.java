package hal0.tui.text;

import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A tag of HTML, a comment, or an address in angle brackets.
///
/// **Shape** only names that HTML has count: `List<String>` stays as it is.
record Tag(Kind kind, String name, boolean closes, String text, String target, int end) {
    enum Kind {
        STYLE,
        BREAK,
        LINK,
        HIDDEN,
        SHOWN
    }

    private static final int LONGEST = 512;
    private static final Set<String> BOLD = Set.of("b", "strong", "summary");
    private static final Set<String> ITALIC = Set.of("i", "em", "u");
    private static final Set<String> CODE = Set.of("code", "kbd", "samp", "tt", "var");
    private static final Set<String> STRIKE = Set.of("s", "del", "strike");
    private static final Set<String> HIDDEN =
            Set.of(
                    "a", "p", "div", "span", "center", "details", "sub", "sup", "mark", "small",
                    "font", "section", "article");

    /// The tag at `at`, or null. `typed` when the text goes on after `to`.
    static @Nullable Tag at(String text, int at, int to, boolean typed) {
        if (text.startsWith("<!--", at)) {
            int close = text.indexOf("-->", at);
            int end = close < 0 || close + 3 > to ? to : close + 3;
            return new Tag(Kind.SHOWN, "", false, text.substring(at, end), "", end);
        }
        int close = text.indexOf('>', at, Math.min(to, at + LONGEST));
        if (close < 0) {
            boolean begun = typed && to == text.length() && to - at < 12;
            return begun && isName(text, at, to)
                    ? new Tag(Kind.HIDDEN, "", false, "", "", to)
                    : null;
        }
        String inside = text.substring(at + 1, close);
        if (isAddress(inside)) {
            String target = inside.indexOf('@') > 0 && inside.indexOf(':') < 0 ? "" : inside;
            return new Tag(Kind.LINK, "", false, inside, target, close + 1);
        }
        boolean closing = inside.startsWith("/");
        String name = nameOf(closing ? inside.substring(1) : inside);
        Kind kind = kindOf(name);
        return kind == null ? null : new Tag(kind, name, closing, "", "", close + 1);
    }

    private static @Nullable Kind kindOf(String name) {
        if (name.equals("br")) {
            return Kind.BREAK;
        }
        boolean style =
                BOLD.contains(name)
                        || ITALIC.contains(name)
                        || CODE.contains(name)
                        || STRIKE.contains(name);
        return style ? Kind.STYLE : HIDDEN.contains(name) ? Kind.HIDDEN : null;
    }

    /// The ink after the tag; one that closes goes back to that of the text around.
    Ink ink(Ink now, Ink outer) {
        if (kind != Kind.STYLE) {
            return now;
        }
        if (closes) {
            return outer;
        }
        if (BOLD.contains(name)) {
            return now.withBold();
        }
        if (ITALIC.contains(name)) {
            return now.withItalic();
        }
        return STRIKE.contains(name) ? now.withStrike() : now.withRole(Role.CODE);
    }

    private static String nameOf(String inside) {
        int end = 0;
        while (end < inside.length() && Character.isLetterOrDigit(inside.charAt(end))) {
            end++;
        }
        boolean ends = end == inside.length() || " /".indexOf(inside.charAt(end)) >= 0;
        return ends ? inside.substring(0, end).toLowerCase(Locale.ROOT) : "";
    }

    private static boolean isName(String text, int at, int to) {
        int from = text.startsWith("/", at + 1) ? at + 2 : at + 1;
        return text.substring(Math.min(from, to), to).chars().allMatch(c -> c >= 'a' && c <= 'z');
    }

    private static boolean isAddress(String inside) {
        boolean blank = inside.chars().anyMatch(c -> c == ' ' || c == '<');
        boolean web = inside.startsWith("https://") || inside.startsWith("http://");
        int sign = inside.indexOf('@');
        boolean mail = sign > 0 && inside.indexOf('.', sign) > 0;
        return !blank && (web || mail);
    }
}
