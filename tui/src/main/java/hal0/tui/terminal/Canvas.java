package hal0.tui.terminal;

import com.googlecode.lanterna.SGR;
import hal0.tui.text.Cells;
import hal0.tui.text.Graphemes;
import java.util.Arrays;

/// A grid of cells that one frame is drawn into.
///
/// **Shape** a cell holds one grapheme cluster; a wide one is followed by an empty string. What
/// does not fit is cut; half of a wide cluster is drawn as a blank. A blank whose style cannot be
/// seen has the default one. **Threads** one.
public final class Canvas {
    private static final String BLANK = " ";
    private static final String COVERED = "";

    /// Most cells hold one of these; that they are the same object makes comparing them cheap.
    private static final String[] ASCII = new String[0x7F];

    static {
        for (int c = 0; c < ASCII.length; c++) {
            ASCII[c] = String.valueOf((char) c).intern();
        }
    }

    private final Size size;
    private final String[] clusters;
    private final Style[] styles;

    public Canvas(Size size) {
        this.size = size;
        clusters = new String[size.columns() * size.rows()];
        styles = new Style[clusters.length];
        Arrays.fill(clusters, BLANK);
        Arrays.fill(styles, Style.DEFAULT);
    }

    public Size size() {
        return size;
    }

    /// Draws text, which must be safe to show, and gives the column after it.
    public int put(int column, int row, String text, Style style) {
        int x = column;
        if (row < 0 || row >= size.rows()) {
            return x;
        }
        int at = 0;
        while (at < text.length() && x < size.columns()) {
            int end = Graphemes.next(text, at);
            int cells = Cells.width(text, at, end);
            if (cells > 0 && x >= 0) {
                boolean half = x + cells > size.columns();
                set(x, row, half ? BLANK : cluster(text, at, end), cells, style);
            }
            x += cells;
            at = end;
        }
        return x;
    }

    private static String cluster(String text, int from, int to) {
        char first = text.charAt(from);
        return to - from == 1 && first < ASCII.length ? ASCII[first] : text.substring(from, to);
    }

    private void set(int x, int y, String cluster, int cells, Style style) {
        int at = y * size.columns() + x;
        if (clusters[at].isEmpty() && x > 0) {
            set(at - 1, BLANK, styles[at - 1]);
        }
        set(at, cluster, style);
        int last = at;
        if (cells == 2 && x + 1 < size.columns()) {
            last = at + 1;
            clusters[last] = COVERED;
            styles[last] = style;
        }
        boolean more = last + 1 < (y + 1) * size.columns();
        if (more && clusters[last + 1].isEmpty()) {
            set(last + 1, BLANK, styles[last + 1]);
        }
    }

    private void set(int at, String cluster, Style style) {
        clusters[at] = cluster;
        styles[at] = cluster.equals(BLANK) && !style.showsOnBlank() ? Style.DEFAULT : style;
    }

    /// Fills a rectangle with blanks.
    public void fill(int column, int row, int columns, int rows, Style style) {
        String blanks = BLANK.repeat(Math.max(0, columns));
        for (int y = row; y < row + rows; y++) {
            put(column, y, blanks, style);
        }
    }

    /// Swaps the colours of cells that are drawn already.
    public void invert(int column, int row, int columns) {
        for (int x = Math.max(0, column); x < Math.min(column + columns, size.columns()); x++) {
            int at = row * size.columns() + x;
            styles[at] = styles[at].with(SGR.REVERSE);
        }
    }

    String cluster(int column, int row) {
        return clusters[row * size.columns() + column];
    }

    Style style(int column, int row) {
        return styles[row * size.columns() + column];
    }

    /// Whether the cluster in this cell covers the next one, too.
    boolean isWide(int column, int row) {
        return column + 1 < size.columns() && cluster(column + 1, row).isEmpty();
    }

    /// Equal for equal rows, and with overwhelming likelihood only for those.
    long hash(int row) {
        long hash = 7;
        int start = row * size.columns();
        Style before = Style.DEFAULT;
        for (int x = 0; x < size.columns(); x++) {
            hash = hash * 1_000_003 + clusters[start + x].hashCode();
            Style style = styles[start + x];
            if (!style.equals(before)) {
                hash = (hash * 31 + style.hashCode()) * 31 + x;
                before = style;
            }
        }
        return hash;
    }

    boolean sameRow(int row, Canvas other) {
        int columns = size.columns();
        int from = row * columns;
        int to = from + columns;
        return Arrays.equals(clusters, from, to, other.clusters, from, to)
                && Arrays.equals(styles, from, to, other.styles, from, to);
    }

    boolean isBlank(int row) {
        return blankFrom(row) == 0;
    }

    /// The first column after which the row is empty and in the default style.
    int blankFrom(int row) {
        int x = size.columns();
        while (x > 0 && cluster(x - 1, row).equals(BLANK) && style(x - 1, row).isDefault()) {
            x--;
        }
        return x;
    }

    /// Whether a cell looks other than that of a row of `old`, or than a blank where that is -1.
    boolean differs(int column, int row, Canvas old, int from) {
        int at = row * size.columns() + column;
        if (from < 0) {
            return !clusters[at].equals(BLANK) || !styles[at].isDefault();
        }
        int there = from * size.columns() + column;
        return !clusters[at].equals(old.clusters[there]) || !styles[at].equals(old.styles[there]);
    }

    /// How many cells of a row look other than those.
    int changes(int row, Canvas old, int from) {
        int count = 0;
        for (int x = 0; x < size.columns(); x++) {
            count += differs(x, row, old, from) ? 1 : 0;
        }
        return count;
    }

    /// The row as text, without trailing blanks.
    public String text(int row) {
        StringBuilder out = new StringBuilder();
        for (int x = 0; x < size.columns(); x++) {
            out.append(cluster(x, row));
        }
        return out.toString().stripTrailing();
    }
}
