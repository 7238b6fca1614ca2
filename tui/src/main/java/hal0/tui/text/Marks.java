package hal0.tui.text;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Where the marks of a line of Markdown are.
///
/// **Shape** what was sought in vain from some place on is not sought again from a later one, so a
/// line of nothing but opening marks costs no more than another. **Threads** one.
final class Marks {
    private static final int LONGEST_RUN = 3;
    private static final Map<String, String> ENTITIES =
            Map.of(
                    "amp", "&", "lt", "<", "gt", ">", "quot", "\"", "apos", "'", "nbsp", " ",
                    "mdash", "—", "ndash", "–", "hellip", "…", "copy", "©");

    private final String text;

    /// From where on no run of so many ticks follows; by its length.
    private final int[] noTicks = new int[8];

    /// The end of the range in which no closing mark was found, and its beginning; by the mark.
    private final int[] noClosingTo = new int[3 * (LONGEST_RUN + 1)];

    private final int[] noClosingFrom = new int[noClosingTo.length];

    private int @Nullable [] partners;
    private int noFormula = Integer.MAX_VALUE;

    Marks(String text) {
        this.text = text;
        Arrays.fill(noTicks, Integer.MAX_VALUE);
        Arrays.fill(noClosingTo, -1);
    }

    int runLength(int at, int to) {
        int end = at;
        while (end < to && text.charAt(end) == text.charAt(at)) {
            end++;
        }
        return end - at;
    }

    /// The next run of exactly `count` ticks, or -1.
    int ticks(int from, int count) {
        int known = Math.min(count, noTicks.length - 1);
        if (count >= noTicks.length || from >= noTicks[known]) {
            return -1;
        }
        int at = text.indexOf('`', from);
        while (at >= 0) {
            int found = runLength(at, text.length());
            if (found == count) {
                return at;
            }
            at = text.indexOf('`', at + found);
        }
        noTicks[known] = from;
        return -1;
    }

    /// Where the formula ends that `sign` closes, or -1; formulas of both kinds are forgotten when
    /// one is not closed.
    int formulaEnd(String sign, int from) {
        int end = from >= noFormula ? -1 : text.indexOf(sign, from);
        noFormula = end < 0 ? Math.min(noFormula, from) : noFormula;
        return end;
    }

    /// The run that closes an emphasis of `length` marks, or -1.
    int closing(char mark, int length, int from, int to) {
        int slot = "*_~".indexOf(mark) * (LONGEST_RUN + 1) + length;
        if (noClosingTo[slot] == to && from >= noClosingFrom[slot]) {
            return -1;
        }
        int at = from;
        while (at < to) {
            char c = text.charAt(at);
            if (c == '\\') {
                at += 2;
            } else if (c == '`') {
                int ticks = runLength(at, to);
                int close = ticks(at + ticks, ticks);
                at = close < 0 || close >= to ? at + ticks : close + ticks;
            } else if (c == mark) {
                int found = runLength(at, to);
                if (closes(at, found, length, to)) {
                    return at + found - length;
                }
                at += found;
            } else {
                at++;
            }
        }
        noClosingTo[slot] = to;
        noClosingFrom[slot] = from;
        return -1;
    }

    private boolean closes(int at, int found, int length, int to) {
        boolean fits = found == length || (found == LONGEST_RUN && length < LONGEST_RUN);
        int end = at + found;
        boolean inWord =
                text.charAt(at) == '_' && end < to && Character.isLetterOrDigit(text.charAt(end));
        return fits && text.charAt(at - 1) != ' ' && !inWord;
    }

    /// The bracket that closes the one at `bracket`, or -1.
    int partner(int bracket) {
        int[] known = partners;
        if (known == null) {
            known = paired();
            partners = known;
        }
        return known[bracket];
    }

    private int[] paired() {
        int[] out = new int[text.length()];
        Arrays.fill(out, -1);
        Deque<Integer> open = new ArrayDeque<>();
        int at = 0;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '\\') {
                at++;
            } else if (c == '`') {
                int ticks = runLength(at, text.length());
                int close = ticks(at + ticks, ticks);
                at = (close < 0 ? at : close) + ticks - 1;
            } else if (c == '[') {
                open.push(at);
            } else if (c == ']' && !open.isEmpty()) {
                out[open.pop()] = at;
            }
            at++;
        }
        return out;
    }

    /// The parenthesis that closes the target that begins at `open`, or -1.
    static int targetEnd(String text, int open, int to) {
        int depth = 0;
        for (int at = open; at < to; at++) {
            char c = text.charAt(at);
            if (c == '\\') {
                at++;
            } else if (c == '(') {
                depth++;
            } else if (c == ')') {
                depth--;
                if (depth == 0) {
                    return at;
                }
            }
        }
        return -1;
    }

    /// The address of a link, without its title and brackets.
    static String target(String inside) {
        String target = inside.strip();
        int title = target.indexOf(" \"");
        int other = target.indexOf(" '");
        int end = title >= 0 ? title : other;
        String address = end > 0 ? target.substring(0, end).strip() : target;
        boolean bracketed = address.startsWith("<") && address.endsWith(">");
        return bracketed ? address.substring(1, address.length() - 1) : address;
    }

    /// The end of an address that stands in the text: marks at its end belong to the sentence.
    static int addressEnd(String text, int at, int to) {
        int end = at;
        int depth = 0;
        while (end < to && " <>\"`|「」。，、）】".indexOf(text.charAt(end)) < 0) {
            char c = text.charAt(end);
            depth += c == '(' ? 1 : c == ')' ? -1 : 0;
            if (depth < 0) {
                break;
            }
            end++;
        }
        while (end > at && ".,;:!?*_'~".indexOf(text.charAt(end - 1)) >= 0) {
            end--;
        }
        return end;
    }

    /// Whether it is a name such as `__init__`.
    static boolean isName(String text, int from, int to) {
        boolean wide =
                to - from > 4 && text.startsWith("__", from) && text.startsWith("__", to - 2);
        return wide
                && text.substring(from, to)
                        .chars()
                        .allMatch(c -> c == '_' || (c < 0x80 && Character.isLetterOrDigit(c)));
    }

    /// What `&name;` stands for, or null.
    static @Nullable String entity(String text, int at, int end) {
        String name = text.substring(at + 1, end);
        if (!name.startsWith("#")) {
            return ENTITIES.get(name);
        }
        boolean hex = name.startsWith("#x") || name.startsWith("#X");
        String digits = name.substring(hex ? 2 : 1);
        boolean number =
                !digits.isEmpty()
                        && digits.length() < 7
                        && digits.chars().allMatch(c -> Character.digit(c, hex ? 16 : 10) >= 0);
        if (!number) {
            return null;
        }
        int point = Integer.parseInt(digits, hex ? 16 : 10);
        return Character.isValidCodePoint(point) ? Safe.oneLine(Character.toString(point)) : null;
    }
}
