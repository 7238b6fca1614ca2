package hal0.tui.view;

import hal0.tui.state.Board;
import hal0.tui.text.Cells;
import hal0.tui.text.Ink;
import hal0.tui.text.Role;
import hal0.tui.text.Span;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The columns of a board at a width: those that may go are left out until the others fit.
///
/// **Units** `widths` in cells, 0 for a column that is left out.
record Columns(List<Board.Column> columns, List<Integer> widths, int room) {
    private static final int GAP = 2;
    private static final int SMALLEST = 8;

    static Columns of(Board board, int width) {
        Board.Content content = board.content();
        if (content == null) {
            return new Columns(List.of(), List.of(), width);
        }
        List<Board.Column> columns = content.columns();
        int[] widths = columns.stream().mapToInt(Board.Column::width).toArray();
        narrow(columns, widths, width);
        return new Columns(columns, Arrays.stream(widths).boxed().toList(), width);
    }

    private static void narrow(List<Board.Column> columns, int[] widths, int width) {
        while (total(widths) > width) {
            int drop = 0;
            int at = -1;
            for (int i = 0; i < widths.length; i++) {
                if (widths[i] > 0 && columns.get(i).drop() > drop) {
                    drop = columns.get(i).drop();
                    at = i;
                }
            }
            if (at < 0) {
                break;
            }
            widths[at] = 0;
        }
        while (total(widths) > width) {
            int widest = 0;
            for (int i = 1; i < widths.length; i++) {
                widest = widths[i] > widths[widest] ? i : widest;
            }
            if (widths.length == 0 || widths[widest] <= SMALLEST) {
                break;
            }
            widths[widest]--;
        }
        cut(widths, width);
    }

    /// Where not even the smallest fit, the last ones go and the first takes what there is.
    private static void cut(int[] widths, int width) {
        for (int i = widths.length - 1; i > 0 && total(widths) > width; i--) {
            widths[i] = 0;
        }
        if (total(widths) > width) {
            widths[0] = width;
        }
    }

    private static int total(int[] widths) {
        int cells = 0;
        for (int width : widths) {
            cells += width == 0 ? 0 : width + (cells == 0 ? 0 : GAP);
        }
        return cells;
    }

    boolean hasTitles() {
        return columns.stream().anyMatch(column -> !column.title().isEmpty());
    }

    List<Span> titles() {
        return fit(columns.stream().map(column -> Span.of(column.title(), Role.DIM)).toList());
    }

    /// The cells, each as wide as its column; a single one has them all.
    List<Span> fit(List<Span> cells) {
        if (cells.size() == 1) {
            return List.of(
                    new Span(
                            Cells.pad(Cells.ellipsis(cells.getFirst().text(), room), room),
                            cells.getFirst().ink()));
        }
        List<Span> out = new ArrayList<>();
        for (int i = 0; i < Math.min(cells.size(), widths.size()); i++) {
            int width = widths.get(i);
            if (width == 0) {
                continue;
            }
            if (!out.isEmpty()) {
                out.add(new Span(" ".repeat(GAP), Ink.PLAIN));
            }
            String text = Cells.ellipsis(cells.get(i).text(), width);
            String fill = " ".repeat(width - Cells.width(text));
            boolean right = columns.get(i).right();
            out.add(new Span(right ? fill + text : text + fill, cells.get(i).ink()));
        }
        return out;
    }
}
