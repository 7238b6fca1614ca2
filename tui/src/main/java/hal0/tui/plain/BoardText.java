package hal0.tui.plain;

import hal0.tui.state.Board;
import hal0.tui.state.Board.Column;
import hal0.tui.state.Board.Line;
import hal0.tui.text.Safe;
import hal0.tui.text.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// A board in lines: what can be chosen has a number, and each value says what it is.
///
/// **Shape** `numbered` are places among the rows of the board, that of number 1 first; `next` is
/// the line of the board to go on with, -1 at its end.
public record BoardText(List<String> lines, List<Integer> numbered, int next) {
    private static final int MOST = 20;

    public BoardText {
        lines = List.copyOf(lines);
        numbered = List.copyOf(numbered);
    }

    /// From that line of the board on, until so many can be chosen that nobody wants to hear more.
    public static BoardText of(Board board, int from) {
        List<String> out = new ArrayList<>();
        head(out, board);
        List<Column> columns = board.content() == null ? List.of() : board.content().columns();
        List<Integer> numbered = new ArrayList<>();
        int row = -1;
        int next = -1;
        List<Line> shown = board.shown();
        for (int i = 0; i < shown.size() && next < 0; i++) {
            row += shown.get(i) instanceof Line.Row ? 1 : 0;
            if (i < from) {
                continue;
            }
            switch (shown.get(i)) {
                case Line.Head(var text) -> out.add(text + ":");
                case Line.Words(var spans) -> out.add(text(spans).stripTrailing());
                case Line.Row one when one.acts().isEmpty() -> out.add(text(columns, one));
                case Line.Row one -> {
                    if (numbered.size() == MOST) {
                        next = i;
                    } else {
                        numbered.add(row);
                        out.add("%d) %s".formatted(numbered.size(), text(columns, one)));
                    }
                }
            }
        }
        if (next >= 0) {
            long left =
                    shown.subList(next, shown.size()).stream()
                            .filter(Line.Row.class::isInstance)
                            .count();
            out.add("and %d more".formatted(left));
        }
        return new BoardText(ended(out, board), numbered, next);
    }

    private static void head(List<String> out, Board board) {
        if (board.said() != null) {
            out.add(Safe.oneLine(board.said()));
        }
        boolean alone = board.tabs().isEmpty();
        out.add(Safe.oneLine(alone ? board.title() : board.title() + ": " + board.place().label()));
        if (!board.filter().isEmpty()) {
            out.add("narrowed by: " + Safe.oneLine(board.filter()));
        }
    }

    private static List<String> ended(List<String> out, Board board) {
        if (board.shown().isEmpty()) {
            out.add(board.filter().isEmpty() ? "nothing is here" : "nothing fits");
        }
        if (board.content() != null && board.content().note() != null) {
            out.add(Safe.oneLine(board.content().note()));
        }
        return out;
    }

    /// What the first says is what it is about; a column without a title speaks for itself.
    private static String text(List<Column> columns, Line.Row row) {
        List<String> parts = new ArrayList<>();
        for (int i = 0; i < row.cells().size(); i++) {
            String cell = row.cells().get(i).text().strip();
            String title = i == 0 || i >= columns.size() ? "" : columns.get(i).title().strip();
            if (!cell.isEmpty()) {
                parts.add(title.isEmpty() ? cell : title + " " + cell);
            }
        }
        return String.join(", ", parts);
    }

    private static String text(List<Span> spans) {
        return spans.stream().map(Span::text).collect(Collectors.joining());
    }
}
