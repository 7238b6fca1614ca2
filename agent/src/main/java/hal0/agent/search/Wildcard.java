package hal0.agent.search;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// A pattern for one name between slashes: `*`, `?`, `[a-z]`, `[!a]` and `\` as git reads them.
///
/// **Shape** time is at most the product of both lengths, whatever the pattern. **Source**
/// gitignore(5) and fnmatch(3), read 2026-11.
final class Wildcard {
    private static final int ANY = -1;
    private static final int ONE = -2;
    private static final int CLASS = -3;

    /// What needs no stepping.
    private enum Form {
        LITERAL,
        ENDING,
        EVERYTHING,
        NOTHING,
        GENERAL
    }

    private final Form form;
    private final String text;
    private final int[] codes;
    private final @Nullable CharClass[] classes;

    private Wildcard(Form form, String text, int[] codes, @Nullable CharClass[] classes) {
        this.form = form;
        this.text = text;
        this.codes = codes;
        this.classes = classes;
    }

    static Wildcard of(String pattern) {
        int[] codes = new int[pattern.length()];
        @Nullable CharClass[] classes = new CharClass[pattern.length()];
        StringBuilder literal = new StringBuilder();
        int size = 0;
        for (int at = 0; at < pattern.length(); at++) {
            char c = pattern.charAt(at);
            switch (c) {
                case '*' -> {
                    if (size == 0 || codes[size - 1] != ANY) {
                        codes[size++] = ANY;
                    }
                }
                case '?' -> codes[size++] = ONE;
                case '[' -> {
                    CharClass set = CharClass.at(pattern, at);
                    if (set == null) {
                        return special(Form.NOTHING);
                    }
                    classes[size] = set;
                    codes[size++] = CLASS;
                    at = set.end();
                }
                case '\\' -> {
                    if (++at == pattern.length()) {
                        return special(Form.NOTHING);
                    }
                    literal.append(pattern.charAt(at));
                    codes[size++] = pattern.charAt(at);
                }
                default -> {
                    literal.append(c);
                    codes[size++] = c;
                }
            }
        }
        return new Wildcard(
                form(codes, size, literal.length()),
                literal.toString(),
                Arrays.copyOf(codes, size),
                classes);
    }

    private static Wildcard special(Form form) {
        return new Wildcard(form, "", new int[0], new CharClass[0]);
    }

    private static Form form(int[] codes, int size, int literals) {
        if (literals == size) {
            return Form.LITERAL;
        }
        if (codes[0] == ANY && literals == size - 1) {
            return size == 1 ? Form.EVERYTHING : Form.ENDING;
        }
        return Form.GENERAL;
    }

    boolean matches(String name) {
        return switch (form) {
            case LITERAL -> name.equals(text);
            case ENDING -> name.endsWith(text);
            case EVERYTHING -> true;
            case NOTHING -> false;
            case GENERAL -> steps(name);
        };
    }

    /// Whether the first name of `path` may match; true where that takes longer to tell.
    boolean mayBegin(String path) {
        return switch (form) {
            case LITERAL ->
                    path.startsWith(text)
                            && (path.length() == text.length()
                                    || path.charAt(text.length()) == '/');
            case NOTHING -> false;
            case ENDING, EVERYTHING, GENERAL -> true;
        };
    }

    /// Only the last `*` is ever tried again: an earlier one that took more would not help.
    private boolean steps(String name) {
        int at = 0;
        int code = 0;
        int star = -1;
        int starAt = 0;
        while (at < name.length()) {
            if (code < codes.length && codes[code] == ANY) {
                star = code++;
                starAt = at;
            } else if (code < codes.length && one(code, name.charAt(at))) {
                code++;
                at++;
            } else if (star >= 0) {
                code = star + 1;
                at = ++starAt;
            } else {
                return false;
            }
        }
        while (code < codes.length && codes[code] == ANY) {
            code++;
        }
        return code == codes.length;
    }

    private boolean one(int code, char c) {
        return switch (codes[code]) {
            case ONE -> true;
            case CLASS -> {
                CharClass set = classes[code];
                yield set != null && set.has(c);
            }
            default -> codes[code] == c;
        };
    }
}
