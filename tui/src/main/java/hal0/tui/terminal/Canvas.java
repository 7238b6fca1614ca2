package hal0.tui.terminal;

import com.googlecode.lanterna.SGR;
import hal0.tui.text.Cells;
import hal0.tui.text.Graphemes;
import java.util.Arrays;

/// A grid of cells that one frame is drawn into.
///
/// **Shape** a cell holds one grapheme cluster; a wide one is followed by an empty string. What
/// does not fit is cut; half of a wide cluster is drawn as a blank. **Threads** one.
public final class Canvas {
    private static final String BLANK = " ";
    private static final String COVERED = "";

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
                String cluster = text.substring(at, end);
                set(x, row, x + cells > size.columns() ? BLANK : cluster, cells, style);
            }
            x += cells;
            at = end;
        }
        return x;
    }

    private void set(int x, int y, String cluster, int cells, Style style) {
        int at = y * size.columns() + x;
        if (clusters[at].isEmpty() && x > 0) {
            clusters[at - 1] = BLANK;
        }
        clusters[at] = cluster;
        styles[at] = style;
        int last = at;
        if (cells == 2 && x + 1 < size.columns()) {
            last = at + 1;
            clusters[last] = COVERED;
            styles[last] = style;
        }
        boolean more = last + 1 < (y + 1) * size.columns();
        if (more && clusters[last + 1].isEmpty()) {
            clusters[last + 1] = BLANK;
        }
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

    /// The row as text, without trailing blanks.
    public String text(int row) {
        StringBuilder out = new StringBuilder();
        for (int x = 0; x < size.columns(); x++) {
            out.append(cluster(x, row));
        }
        return out.toString().stripTrailing();
    }
}
