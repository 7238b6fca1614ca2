package hal0.tui.text;

/// Makes text from elsewhere harmless: what a terminal would obey is shown instead.
///
/// **Shape** the result holds no control character but `\n`, no C1 control, no bidirectional
/// override, no invisible character and no lone surrogate; a letter carries at most [#MOST_MARKS]
/// marks, and tags and variation selectors stand only where they choose a picture. Tabs become
/// blanks up to the next multiple of four, counted in characters from the start of the line or of
/// the text.
public final class Safe {
    private static final int MOST_MARKS = 16;
    private static final int BLACK_FLAG = 0x1F3F4;

    private Safe() {}

    /// `text` as it may be shown.
    public static String visible(String text) {
        int at = 0;
        while (at < text.length() && isPlain(text.charAt(at))) {
            at++;
        }
        if (at == text.length()) {
            return text;
        }
        StringBuilder out = new StringBuilder(text.length() + 16).append(text, 0, at);
        int lineStart = text.lastIndexOf('\n', at) + 1;
        int marks = 0;
        boolean flag = false;
        int before = 0;
        while (at < text.length()) {
            int point = text.codePointAt(at);
            at += Character.charCount(point);
            marks = isMark(point) ? marks + 1 : 0;
            flag = point == BLACK_FLAG || (flag && isTag(point));
            if (point == '\n') {
                out.append('\n');
                lineStart = out.length();
            } else if (point == '\t') {
                out.repeat(' ', 4 - (out.length() - lineStart) % 4);
            } else if (marks > MOST_MARKS
                    || (isTag(point) && !flag)
                    || (isSelector(point) && isSelector(before))) {
                shown(out, point);
            } else if (point != '\r' || at >= text.length() || text.charAt(at) != '\n') {
                append(out, point);
            }
            before = point;
        }
        return out.toString();
    }

    private static boolean isMark(int point) {
        int type = Character.getType(point);
        return type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK;
    }

    private static boolean isTag(int point) {
        return Graphemes.isWithin(point, 0xE0020, 0xE007F);
    }

    private static boolean isSelector(int point) {
        return Graphemes.isWithin(point, 0xFE00, 0xFE0F)
                || Graphemes.isWithin(point, 0xE0100, 0xE01EF);
    }

    private static void shown(StringBuilder out, int point) {
        out.append("<U+").append(String.format("%04X", point)).append('>');
    }

    /// `text` on one line: line breaks become blanks, the rest as [#visible].
    public static String oneLine(String text) {
        return visible(text).replace('\n', ' ');
    }

    /// Whether a character needs no second look.
    private static boolean isPlain(char c) {
        return c == '\n'
                || Graphemes.isWithin(c, 0x20, 0x7E)
                || (c != 0xAD && Graphemes.isWithin(c, 0xA0, 0x2FF));
    }

    private static void append(StringBuilder out, int point) {
        if (point < 0x20) {
            out.appendCodePoint(0x2400 + point);
        } else if (point == 0x7F) {
            out.append('␡');
        } else if (Graphemes.isWithin(point, 0x80, 0x9F) || isHidden(point)) {
            shown(out, point);
        } else if (Graphemes.isWithin(point, 0xD800, 0xDFFF)) {
            out.append('\uFFFD');
        } else {
            out.appendCodePoint(point);
        }
    }

    private static boolean isHidden(int point) {
        return point == 0xAD
                || point == 0x061C
                || point == 0x180E
                || point == 0x200B
                || point == 0x200E
                || point == 0x200F
                || Graphemes.isWithin(point, 0x2028, 0x202E)
                || Graphemes.isWithin(point, 0x2060, 0x206F)
                || point == 0xFEFF
                || point == 0x034F
                || point == 0x3164
                || point == 0xFFA0
                || Graphemes.isWithin(point, 0xFFF0, 0xFFFB)
                || Graphemes.isWithin(point, 0xE0000, 0xE001F);
    }
}
