package hal0.tui.text;

import java.util.ArrayList;
import java.util.List;

/// Makes screen lines of rows: a function of row and width, so nothing has to be remembered.
public final class Layout {
    private Layout() {}

    /// The screen lines of `row` at `width` cells; none for what is folded away. `unfolded` says
    /// whether the block that the row belongs to is.
    public static List<List<Span>> lines(Row row, int width, boolean unfolded) {
        int cells = Math.max(1, width);
        return switch (row) {
            case Row.Flow(var first, var rest, var body) -> flow(first, rest, body, cells);
            case Row.Verbatim(var prefix, var body) -> verbatim(prefix, body, cells);
            case Row.Rule() -> List.of(List.of(Span.of("─".repeat(cells), Role.DIM)));
            case Row.TableRow(var prefix, var row1, var columns) ->
                    TableLayout.row(prefix, row1, columns, cells);
            case Row.TableRule(var prefix, var columns) ->
                    List.of(TableLayout.rule(prefix, columns, cells));
            case Row.Part part ->
                    part.isShown(unfolded) ? lines(part.row(), width, unfolded) : List.of();
        };
    }

    static List<List<Span>> flow(List<Span> first, List<Span> rest, List<Span> body, int width) {
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
}
