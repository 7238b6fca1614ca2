package hal0.tui.text;

import java.util.ArrayList;
import java.util.List;

/// Where lines break.
final class Wrap {
    /// One line: `[from, to)` of the text.
    record Range(int from, int to) {}

    private Wrap() {}

    /// Lines of at most `width` cells, broken at blanks and between wide characters, and inside a
    /// word only where the word alone is too long. Blanks at a break are dropped.
    static List<Range> words(String text, int width) {
        List<Range> lines = new ArrayList<>();
        int start = 0;
        int used = 0;
        int breakEnd = -1;
        int breakStart = -1;
        int usedAtBreak = 0;
        int at = 0;
        while (at < text.length()) {
            int end = Graphemes.next(text, at);
            boolean blank = text.charAt(at) == ' ';
            int cells = Cells.width(text, at, end);
            if (blank) {
                breakEnd = breakStart == at ? breakEnd : at;
                breakStart = end;
                usedAtBreak = used + 1;
            } else if (breakStart != at && at > start && breaksBefore(text, at, cells)) {
                breakEnd = at;
                breakStart = at;
                usedAtBreak = used;
            }
            if (!blank && used + cells > width && at > start) {
                if (breakEnd > start) {
                    lines.add(new Range(start, breakEnd));
                    start = breakStart;
                    used -= usedAtBreak;
                } else {
                    lines.add(new Range(start, at));
                    start = at;
                    used = 0;
                }
                breakEnd = -1;
                if (start < at && used + cells > width) {
                    lines.add(new Range(start, at));
                    start = at;
                    used = 0;
                }
            }
            used += cells;
            at = end;
        }
        lines.add(new Range(start, trimmedEnd(text, start, width)));
        return lines;
    }

    /// Lines filled to the last cell.
    static List<Range> cells(String text, int width) {
        List<Range> lines = new ArrayList<>();
        int start = 0;
        do {
            int end = Cells.fit(text, start, width);
            if (end == start && start < text.length()) {
                end = Graphemes.next(text, start);
            }
            lines.add(new Range(start, end));
            start = end;
        } while (start < text.length());
        return lines;
    }

    private static int trimmedEnd(String text, int start, int width) {
        int end = text.length();
        while (end > start && text.charAt(end - 1) == ' ' && end - start > width) {
            end--;
        }
        return end;
    }

    private static boolean breaksBefore(String text, int at, int cells) {
        char here = text.charAt(at);
        if (cells == 2) {
            return !isClosing(here) && text.charAt(at - 1) != ' ';
        }
        char before = text.charAt(at - 1);
        return before >= 0x2E80
                && before < 0xFB00
                && Character.isLetterOrDigit(here)
                && !Graphemes.isExtend(here);
    }

    private static boolean isClosing(char c) {
        return "、。，．！？：；）」』】〉》〕’”".indexOf(c) >= 0;
    }
}
