package hal0.tui.state;

import org.jspecify.annotations.Nullable;

/// The objects of vim in a text, such as `iw` and `a(`. Pure.
final class VimObject {
    /// `[from, to)` of the text.
    record Range(int from, int to) {}

    private VimObject() {}

    /// Null where there is none around the caret.
    static @Nullable Range of(String text, int caret, String object) {
        boolean around = object.charAt(0) == 'a';
        char kind = object.charAt(1);
        return switch (kind) {
            case 'w' -> word(text, caret, around, false);
            case 'W' -> word(text, caret, around, true);
            case '"', '\'', '`' -> quoted(text, caret, around, kind);
            case '(', ')', 'b' -> bracketed(text, caret, around, '(', ')');
            case '[', ']' -> bracketed(text, caret, around, '[', ']');
            case '{', '}', 'B' -> bracketed(text, caret, around, '{', '}');
            case '<', '>' -> bracketed(text, caret, around, '<', '>');
            case 'p' -> paragraph(text, caret, around);
            default -> null;
        };
    }

    private static @Nullable Range word(String text, int caret, boolean around, boolean big) {
        if (caret >= text.length()) {
            return null;
        }
        int kind = VimMotion.kindOf(text.codePointAt(caret), big);
        int from = back(text, caret, kind, big);
        int to = on(text, caret, kind, big);
        if (around) {
            int blanks = on(text, to, 0, big);
            from = blanks == to ? back(text, from, 0, big) : from;
            to = blanks;
        }
        return new Range(from, to);
    }

    private static int back(String text, int from, int kind, boolean big) {
        int at = from;
        while (at > 0
                && text.codePointBefore(at) != '\n'
                && VimMotion.kindOf(text.codePointBefore(at), big) == kind) {
            at -= Character.charCount(text.codePointBefore(at));
        }
        return at;
    }

    private static int on(String text, int from, int kind, boolean big) {
        int at = from;
        while (at < text.length()
                && text.codePointAt(at) != '\n'
                && VimMotion.kindOf(text.codePointAt(at), big) == kind) {
            at += Character.charCount(text.codePointAt(at));
        }
        return at;
    }

    /// On the line of the caret; the next one where the caret is before it.
    private static @Nullable Range quoted(String text, int caret, boolean around, char quote) {
        VimMotion lines = new VimMotion(text, caret);
        int end = lines.lineEnd(caret);
        int open = text.indexOf(quote, lines.lineStart(caret));
        while (open >= 0 && open < end) {
            int close = text.indexOf(quote, open + 1);
            if (close < 0 || close >= end) {
                return null;
            }
            if (close >= caret) {
                return around ? new Range(open, close + 1) : new Range(open + 1, close);
            }
            open = text.indexOf(quote, close + 1);
        }
        return null;
    }

    private static @Nullable Range bracketed(
            String text, int caret, boolean around, char opening, char closing) {
        int depth = 0;
        int open = caret;
        while (open >= 0) {
            char c = open < text.length() ? text.charAt(open) : 0;
            if (c == closing && open != caret) {
                depth++;
            } else if (c == opening && depth-- == 0) {
                break;
            }
            open--;
        }
        depth = 0;
        for (int close = open + 1; open >= 0 && close < text.length(); close++) {
            char c = text.charAt(close);
            if (c == opening) {
                depth++;
            } else if (c == closing && depth-- == 0) {
                return around ? new Range(open, close + 1) : new Range(open + 1, close);
            }
        }
        return null;
    }

    private static Range paragraph(String text, int caret, boolean around) {
        int blank = text.lastIndexOf("\n\n", Math.max(0, caret - 1));
        int from = blank < 0 ? 0 : blank + 2;
        int end = text.indexOf("\n\n", Math.min(caret, text.length()));
        int to = end < 0 ? text.length() : around ? end + 2 : end;
        return new Range(Math.min(from, to), to);
    }
}
