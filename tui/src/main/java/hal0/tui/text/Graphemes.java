package hal0.tui.text;

/// Where what a person sees as one character begins and ends.
///
/// **Shape** extended grapheme clusters of UAX #29 without the Indic conjunct rule. Written out
/// here because `BreakIterator` walks the whole text for each question.
public final class Graphemes {
    private static final int ZWJ = 0x200D;

    private Graphemes() {}

    /// The end of the cluster that begins at `from`.
    public static int next(String text, int from) {
        int length = text.length();
        char first = text.charAt(from);
        if (first < 0x80 && (from + 1 >= length || text.charAt(from + 1) < 0x300)) {
            boolean pair = first == '\r' && from + 1 < length && text.charAt(from + 1) == '\n';
            return from + (pair ? 2 : 1);
        }
        int point = text.codePointAt(from);
        int at = from + Character.charCount(point);
        if (isControl(point)) {
            return at;
        }
        if (isRegional(point) && at < length && isRegional(text.codePointAt(at))) {
            at += 2;
        }
        return extend(text, at, point);
    }

    private static int extend(String text, int from, int base) {
        int at = from;
        int before = base;
        boolean pictograph = Character.isExtendedPictographic(base);
        while (at < text.length()) {
            int point = text.codePointAt(at);
            boolean joined = before == ZWJ && pictograph && Character.isExtendedPictographic(point);
            if (!joined && !isExtend(point) && !isHangulSequel(before, point)) {
                break;
            }
            at += Character.charCount(point);
            before = point;
        }
        return at;
    }

    /// The start of the cluster that ends at `to`; a cluster never spans a line break.
    public static int previous(String text, int to) {
        int line = to > 0 ? text.lastIndexOf('\n', to - 1) : -1;
        int at = line == to - 1 ? Math.max(0, to - 1) : line + 1;
        int start = at;
        while (at < to) {
            start = at;
            at = next(text, at);
        }
        return start;
    }

    static boolean isRegional(int point) {
        return isWithin(point, 0x1F1E6, 0x1F1FF);
    }

    static boolean isExtend(int point) {
        if (point < 0x300) {
            return false;
        }
        if (point == ZWJ || point == 0x200C || point == 0x20E3) {
            return true;
        }
        if (isWithin(point, 0xFE00, 0xFE0F) || isWithin(point, 0x1F3FB, 0x1F3FF)) {
            return true;
        }
        if (isWithin(point, 0xE0020, 0xE007F) || isWithin(point, 0xE0100, 0xE01EF)) {
            return true;
        }
        int type = Character.getType(point);
        return type == Character.NON_SPACING_MARK
                || type == Character.ENCLOSING_MARK
                || type == Character.COMBINING_SPACING_MARK;
    }

    static boolean isWithin(int point, int first, int last) {
        return point >= first && point <= last;
    }

    static boolean isControl(int point) {
        return point < 0x20 || isWithin(point, 0x7F, 0x9F);
    }

    private static boolean isHangulSequel(int before, int point) {
        boolean lead = isWithin(before, 0x1100, 0x115F);
        boolean vowel = isWithin(before, 0x1160, 0x11A7);
        boolean trail = isWithin(before, 0x11A8, 0x11FF);
        boolean syllable = isWithin(before, 0xAC00, 0xD7A3);
        if (isWithin(point, 0x1160, 0x11A7)) {
            return lead || vowel || (syllable && (before - 0xAC00) % 28 == 0);
        }
        if (isWithin(point, 0x11A8, 0x11FF)) {
            return vowel || trail || syllable;
        }
        return lead && (isWithin(point, 0x1100, 0x115F) || isWithin(point, 0xAC00, 0xD7A3));
    }
}
