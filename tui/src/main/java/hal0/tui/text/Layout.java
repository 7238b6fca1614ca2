package hal0.tui.text;

import java.util.ArrayList;
import java.util.List;

/// Makes screen lines of rows: a function of row and width, so nothing has to be remembered.
public final class Layout {
    private static final int SMALLEST_COLUMN = 3;
    private static final String GAP = "  ";

    private Layout() {}

    /// The screen lines of `row` at `width` cells; none for what is folded away. `unfolded` says
    /// whether the block that the row belongs to is.
    public static List<List<Span>> lines(Row row, int width, boolean unfolded) {
        int cells = Math.max(1, width);
        return switch (row) {
            case Row.Flow(var first, var rest, var body) -> flow(first, rest, body, cells);
            case Row.Verbatim(var prefix, var body) -> verbatim(prefix, body, cells);
            case Row.Rule() -> List.of(List.of(Span.of("─".repeat(cells), Role.DIM)));
            case Row.TableRow(var row1, var columns) -> table(row1, fitted(columns, cells));
            case Row.TableRule(var columns) -> List.of(rule(fitted(columns, cells)));
            case Row.Part part ->
                    part.isShown(unfolded) ? lines(part.row(), width, unfolded) : List.of();
        };
    }

    private static List<List<Span>> flow(
            List<Span> first, List<Span> rest, List<Span> body, int width) {
        int prefix = Math.max(Span.width(first), Span.width(rest));
        boolean room = width - prefix >= Math.min(8, width);
        String text = text(body);
        List<List<Span>> lines = new ArrayList<>();
        for (Wrap.Range range : Wrap.words(text, room ? width - prefix : width)) {
            List<Span> line = new ArrayList<>();
            if (room) {
                line.addAll(lines.isEmpty() ? first : rest);
            }
            slice(body, range, line);
            lines.add(line);
        }
        return lines;
    }

    private static List<List<Span>> verbatim(List<Span> prefix, List<Span> body, int width) {
        int indent = Span.width(prefix);
        boolean room = width - indent >= Math.min(8, width);
        List<List<Span>> lines = new ArrayList<>();
        for (Wrap.Range range : Wrap.cells(text(body), room ? width - indent : width)) {
            List<Span> line = new ArrayList<>(room ? prefix : List.of());
            slice(body, range, line);
            lines.add(line);
        }
        return lines;
    }

    private static String text(List<Span> spans) {
        if (spans.size() == 1) {
            return spans.getFirst().text();
        }
        StringBuilder out = new StringBuilder();
        for (Span span : spans) {
            out.append(span.text());
        }
        return out.toString();
    }

    private static void slice(List<Span> body, Wrap.Range range, List<Span> line) {
        int start = 0;
        for (Span span : body) {
            int from = Math.max(range.from(), start);
            int to = Math.min(range.to(), start + span.text().length());
            if (from < to) {
                line.add(new Span(span.text().substring(from - start, to - start), span.ink()));
            }
            start += span.text().length();
        }
    }

    /// Narrows the widest columns until the table fits.
    private static int[] fitted(List<Integer> columns, int width) {
        int[] out = columns.stream().mapToInt(Integer::intValue).toArray();
        int room = width - GAP.length() * Math.max(0, out.length - 1);
        int total = 0;
        for (int column : out) {
            total += column;
        }
        while (total > room) {
            int widest = 0;
            for (int i = 1; i < out.length; i++) {
                widest = out[i] > out[widest] ? i : widest;
            }
            if (out[widest] <= SMALLEST_COLUMN) {
                break;
            }
            out[widest]--;
            total--;
        }
        return out;
    }

    private static List<List<Span>> table(List<List<Span>> cells, int[] columns) {
        List<List<List<Span>>> wrapped = new ArrayList<>();
        int height = 1;
        for (int i = 0; i < columns.length; i++) {
            List<Span> cell = i < cells.size() ? cells.get(i) : List.of();
            List<List<Span>> lines = flow(List.of(), List.of(), cell, Math.max(1, columns[i]));
            wrapped.add(lines);
            height = Math.max(height, lines.size());
        }
        List<List<Span>> out = new ArrayList<>();
        for (int y = 0; y < height; y++) {
            List<Span> line = new ArrayList<>();
            for (int i = 0; i < columns.length; i++) {
                List<Span> part = y < wrapped.get(i).size() ? wrapped.get(i).get(y) : List.of();
                line.addAll(part);
                if (i < columns.length - 1) {
                    int fill = Math.max(0, columns[i] - Span.width(part));
                    line.add(new Span(" ".repeat(fill) + GAP, Ink.PLAIN));
                }
            }
            out.add(line);
        }
        return out;
    }

    private static List<Span> rule(int[] columns) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < columns.length; i++) {
            out.append(i == 0 ? "" : GAP).repeat("─", Math.max(0, columns[i]));
        }
        return List.of(Span.of(out.toString(), Role.DIM));
    }
}
