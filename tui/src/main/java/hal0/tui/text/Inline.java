package hal0.tui.text;

import java.util.ArrayList;
import java.util.List;

/// Markdown inside a line: code, emphasis, links. What does not close stays as it was written.
final class Inline {
    private static final int DEEPEST = 8;

    private final String text;
    private final List<Span> out = new ArrayList<>();
    private final StringBuilder plain = new StringBuilder();

    private Inline(String text) {
        this.text = text;
    }

    static List<Span> spans(String text, Ink ink) {
        Inline inline = new Inline(text);
        inline.run(0, text.length(), ink, 0);
        inline.flush(ink);
        return inline.out;
    }

    private void run(int from, int to, Ink ink, int depth) {
        int at = from;
        while (at < to) {
            int end = depth < DEEPEST ? markup(at, to, ink, depth) : at;
            if (end > at) {
                at = end;
            } else {
                plain.append(text.charAt(at));
                at++;
            }
        }
    }

    /// The end of the markup that begins at `at`, or `at` when none does.
    private int markup(int at, int to, Ink ink, int depth) {
        return switch (text.charAt(at)) {
            case '\\' -> escape(at, to);
            case '`' -> code(at, to, ink);
            case '*', '_', '~' -> emphasis(at, to, ink, depth);
            case '[' -> link(at, at, to, ink, depth);
            case '!' ->
                    at + 1 < to && text.charAt(at + 1) == '['
                            ? link(at, at + 1, to, ink, depth)
                            : at;
            case 'h' -> address(at, to, ink);
            default -> at;
        };
    }

    private int escape(int at, int to) {
        if (at + 1 < to && "\\`*_~[]()#+-.!|>{}".indexOf(text.charAt(at + 1)) >= 0) {
            plain.append(text.charAt(at + 1));
            return at + 2;
        }
        return at;
    }

    private int code(int at, int to, Ink ink) {
        int ticks = runLength(at, to);
        int close = at + ticks;
        while (close < to) {
            close = text.indexOf('`', close);
            if (close < 0 || close >= to) {
                break;
            }
            int found = runLength(close, to);
            if (found == ticks) {
                flush(ink);
                out.add(new Span(text.substring(at + ticks, close), ink.withRole(Role.CODE)));
                return close + ticks;
            }
            close += found;
        }
        plain.repeat('`', ticks);
        return at + ticks;
    }

    private int emphasis(int at, int to, Ink ink, int depth) {
        char mark = text.charAt(at);
        int length = runLength(at, to);
        boolean word = mark == '_' && at > 0 && Character.isLetterOrDigit(text.charAt(at - 1));
        boolean opens = at + length < to && text.charAt(at + length) != ' ';
        if (word || !opens || length > 3 || (mark == '~' && length != 2)) {
            plain.repeat(mark, length);
            return at + length;
        }
        int close = closing(mark, length, at + length, to);
        if (close < 0) {
            plain.repeat(mark, length);
            return at + length;
        }
        flush(ink);
        Ink inner = mark == '~' ? ink.withStrike() : emphasised(ink, length);
        run(at + length, close, inner, depth + 1);
        flush(inner);
        return close + length;
    }

    private static Ink emphasised(Ink ink, int length) {
        Ink out = length >= 2 ? ink.withBold() : ink;
        return length != 2 ? out.withItalic() : out;
    }

    private int closing(char mark, int length, int from, int to) {
        int at = from;
        while (at < to) {
            char c = text.charAt(at);
            if (c == '\\') {
                at += 2;
            } else if (c == '`') {
                at = afterCode(at, to);
            } else if (c == mark) {
                int found = runLength(at, to);
                boolean closes = text.charAt(at - 1) != ' ';
                boolean inWord =
                        mark == '_'
                                && at + found < to
                                && Character.isLetterOrDigit(text.charAt(at + found));
                if (found == length && closes && !inWord) {
                    return at;
                }
                at += found;
            } else {
                at++;
            }
        }
        return -1;
    }

    private int afterCode(int at, int to) {
        int ticks = runLength(at, to);
        int close = text.indexOf("`".repeat(ticks), at + ticks);
        return close < 0 || close >= to ? at + ticks : close + ticks;
    }

    private int link(int at, int bracket, int to, Ink ink, int depth) {
        int middle = text.indexOf("](", bracket);
        if (middle < 0 || middle >= to) {
            return at;
        }
        int end = text.indexOf(')', middle);
        int inner = text.indexOf('[', bracket + 1);
        if (end < 0 || end >= to || (inner > 0 && inner < middle)) {
            return at;
        }
        flush(ink);
        Ink linked = ink.withRole(Role.LINK);
        run(bracket + 1, middle, linked, depth + 1);
        flush(linked);
        String target = text.substring(middle + 2, end);
        if (!target.equals(text.substring(bracket + 1, middle))) {
            out.add(new Span(" (" + target + ")", ink.withRole(Role.DIM)));
        }
        return end + 1;
    }

    private int address(int at, int to, Ink ink) {
        boolean begins = text.startsWith("https://", at) || text.startsWith("http://", at);
        if (!begins || (at > 0 && Character.isLetterOrDigit(text.charAt(at - 1)))) {
            return at;
        }
        int end = at;
        while (end < to && " <>\"`|".indexOf(text.charAt(end)) < 0) {
            end++;
        }
        while (end > at && ".,;:!?)*_'".indexOf(text.charAt(end - 1)) >= 0) {
            end--;
        }
        flush(ink);
        out.add(new Span(text.substring(at, end), ink.withRole(Role.LINK)));
        return end;
    }

    private int runLength(int at, int to) {
        int end = at;
        while (end < to && text.charAt(end) == text.charAt(at)) {
            end++;
        }
        return end - at;
    }

    private void flush(Ink ink) {
        if (!plain.isEmpty()) {
            out.add(new Span(plain.toString(), ink));
            plain.setLength(0);
        }
    }
}
