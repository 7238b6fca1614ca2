package hal0.tui.text;

import java.util.List;
import org.jline.utils.WCWidth;

/// How many terminal cells text takes; the only place that knows.
///
/// **Shape** one cluster takes 0, 1 or 2 cells. A cluster that asks for emoji presentation takes 2,
/// as terminals since about 2020 draw it; a mark without a base takes 1.
public final class Cells {
    private static final int EMOJI_PRESENTATION = 0xFE0F;
    private static final int TEXT_PRESENTATION = 0xFE0E;

    private Cells() {}

    /// Cells of the text.
    public static int width(String text) {
        int cells = 0;
        int at = 0;
        while (at < text.length()) {
            int end = Graphemes.next(text, at);
            cells += width(text, at, end);
            at = end;
        }
        return cells;
    }

    /// Cells of the one cluster at `[from, to)`.
    public static int width(String text, int from, int to) {
        int point = text.codePointAt(from);
        if (point < 0x300) {
            return Graphemes.isControl(point)
                    ? 0
                    : to - from > 1 && isEmojiCluster(text, from, to) ? 2 : 1;
        }
        int base = Math.max(1, WCWidth.wcwidth(point));
        int single = from + Character.charCount(point);
        if (single == to) {
            return base;
        }
        if (Graphemes.isRegional(point) || isEmojiCluster(text, from, to)) {
            return 2;
        }
        return text.codePointAt(single) == TEXT_PRESENTATION ? 1 : base;
    }

    private static boolean isEmojiCluster(String text, int from, int to) {
        if (text.indexOf(EMOJI_PRESENTATION, from, to) >= 0) {
            return true;
        }
        return Character.isExtendedPictographic(text.codePointAt(from))
                && text.indexOf(0x200D, from, to) >= 0;
    }

    /// The longest beginning of `text` that fits into `cells`, never half a cluster.
    public static String cut(String text, int cells) {
        return text.substring(0, fit(text, 0, cells));
    }

    /// The end of what fits into `cells` from `from` on.
    public static int fit(String text, int from, int cells) {
        int at = from;
        int used = 0;
        while (at < text.length()) {
            int end = Graphemes.next(text, at);
            used += width(text, at, end);
            if (used > cells) {
                return at;
            }
            at = end;
        }
        return at;
    }

    /// All of `text`, in lines filled to the last of so many cells.
    public static List<String> lines(String text, int cells) {
        return Wrap.cells(text, cells).stream()
                .map(line -> text.substring(line.from(), line.to()))
                .toList();
    }

    /// `text` if it fits, else its beginning and `…`.
    public static String ellipsis(String text, int cells) {
        if (width(text) <= cells) {
            return text;
        }
        return cells <= 0 ? "" : cut(text, cells - 1) + "…";
    }

    /// `text` cut or filled with blanks to exactly `cells`.
    public static String pad(String text, int cells) {
        String shown = ellipsis(text, cells);
        return shown + " ".repeat(Math.max(0, cells - width(shown)));
    }
}
