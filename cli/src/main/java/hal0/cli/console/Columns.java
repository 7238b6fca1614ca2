package hal0.cli.console;

import hal0.tui.text.Cells;
import java.util.ArrayList;
import java.util.List;

/// Rows of cells as lines of text, in columns.
///
/// **Shape** where the columns together are wider than the screen, those that do not fit follow on
/// further lines, indented, for the heading as for every row; the last column of a line is broken
/// between words. A line of a row that would hold nothing is left out. **Units** characters.
public final class Columns {
    private static final int GAP = 2;
    private static final int INDENT = 4;
    private static final int NARROWEST = 24;

    /// The columns from `first` to before `end`, which share a line that begins at `indent`.
    private record Line(int indent, int first, int end) {}

    private final int width;
    private final int[] widths;

    private Columns(List<List<String>> rows, int width) {
        this.width = width;
        this.widths = new int[rows.getFirst().size()];
        for (List<String> row : rows) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], Cells.width(row.get(i)));
            }
        }
    }

    /// **Shape** the first row is the heading; all rows have as many cells.
    public static List<String> lines(List<List<String>> rows, int width) {
        Columns columns = new Columns(rows, width);
        List<Line> lines = columns.fold();
        List<String> text = new ArrayList<>();
        for (List<String> row : rows) {
            for (Line line : lines) {
                columns.write(row, line, text);
            }
        }
        return text;
    }

    private List<Line> fold() {
        List<Line> lines = new ArrayList<>();
        int first = 0;
        int at = 0;
        for (int i = 0; i < widths.length; i++) {
            int rest = width - at;
            boolean last = i == widths.length - 1;
            boolean fits = widths[i] <= rest || (last && rest >= NARROWEST);
            if (!fits && i > first) {
                lines.add(new Line(first == 0 ? 0 : INDENT, first, i));
                first = i;
                at = INDENT;
            }
            at += widths[i] + GAP;
        }
        lines.add(new Line(first == 0 ? 0 : INDENT, first, widths.length));
        return lines;
    }

    private void write(List<String> row, Line line, List<String> text) {
        StringBuilder start = new StringBuilder(" ".repeat(line.indent()));
        int last = line.end() - 1;
        for (int i = line.first(); i < last; i++) {
            start.append(row.get(i)).repeat(' ', widths[i] - Cells.width(row.get(i)) + GAP);
        }
        int at = start.length();
        for (String piece : wrapped(row.get(last), Math.max(width - at, 1))) {
            String whole = (start + piece).stripTrailing();
            if (!whole.isEmpty()) {
                text.add(whole);
            }
            start.setLength(0);
            start.repeat(' ', at);
        }
    }

    /// The text in lines of at most `width`, broken between words where that is possible.
    public static List<String> wrapped(String text, int width) {
        List<String> lines = new ArrayList<>();
        String rest = text;
        while (rest.length() > width) {
            int space = rest.lastIndexOf(' ', width);
            int end = space > 0 ? space : width;
            lines.add(rest.substring(0, end));
            rest = rest.substring(end).stripLeading();
        }
        lines.add(rest);
        return lines;
    }
}
