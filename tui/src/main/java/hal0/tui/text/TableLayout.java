package hal0.tui.text;

import hal0.tui.text.Columns.Side;
import java.util.ArrayList;
import java.util.List;

/// Makes screen lines of the rows of a table.
final class TableLayout {
    private static final String BAR = " │ ";
    private static final String CROSS = "─┼─";
    private static final int NARROW = 3;

    private TableLayout() {}

    static List<List<Span>> row(List<Span> prefix, List<Cell> cells, Columns columns, int width) {
        List<Integer> widths = fitted(prefix, columns, width);
        List<List<List<Span>>> wrapped = new ArrayList<>();
        int height = 1;
        for (int i = 0; i < widths.size(); i++) {
            List<List<Span>> lines = wrapped(cells, i, widths.get(i));
            wrapped.add(lines);
            height = Math.max(height, lines.size());
        }
        List<List<Span>> out = new ArrayList<>();
        for (int y = 0; y < height; y++) {
            List<Span> line = new ArrayList<>(prefix);
            for (int i = 0; i < widths.size(); i++) {
                List<Span> part = y < wrapped.get(i).size() ? wrapped.get(i).get(y) : List.of();
                boolean last = i == widths.size() - 1;
                placed(part, widths.get(i), columns.side(i), last, line);
                if (!last) {
                    line.add(Span.of(bar(prefix, columns, width, BAR), Role.DIM));
                }
            }
            out.add(line);
        }
        return out;
    }

    private static List<List<Span>> wrapped(List<Cell> cells, int column, int width) {
        List<List<Span>> lines = new ArrayList<>();
        if (column < cells.size()) {
            for (List<Span> line : cells.get(column).lines()) {
                lines.addAll(Layout.flow(List.of(), List.of(), line, Math.max(1, width)));
            }
        }
        return lines;
    }

    private static void placed(
            List<Span> part, int width, Side side, boolean last, List<Span> line) {
        int free = Math.max(0, width - Span.width(part));
        int before =
                switch (side) {
                    case LEFT -> 0;
                    case MIDDLE -> free / 2;
                    case RIGHT -> free;
                };
        blanks(before, line);
        line.addAll(part);
        blanks(last ? 0 : free - before, line);
    }

    private static void blanks(int count, List<Span> line) {
        if (count > 0) {
            line.add(Span.of(" ".repeat(count), Role.PLAIN));
        }
    }

    static List<Span> rule(List<Span> prefix, Columns columns, int width) {
        StringBuilder out = new StringBuilder();
        String cross = bar(prefix, columns, width, CROSS);
        for (int cells : fitted(prefix, columns, width)) {
            out.append(out.isEmpty() ? "" : cross).repeat("─", Math.max(0, cells));
        }
        List<Span> line = new ArrayList<>(prefix);
        line.add(Span.of(out.toString(), Role.DIM));
        return line;
    }

    private static List<Integer> fitted(List<Span> prefix, Columns columns, int width) {
        int between = bar(prefix, columns, width, BAR).length() * (columns.count() - 1);
        return columns.fitted(Math.max(columns.count(), width - Span.width(prefix) - between));
    }

    /// Where columns would be left with less than [#NARROW] cells, the blanks around a bar go.
    private static String bar(List<Span> prefix, Columns columns, int width, String wide) {
        int count = columns.count();
        int room = width - Span.width(prefix) - BAR.length() * (count - 1);
        return room >= count * NARROW ? wide : wide.substring(1, 2);
    }
}
