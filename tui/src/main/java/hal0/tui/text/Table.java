package hal0.tui.text;

import hal0.tui.text.Columns.Side;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The lines of a table that is being written.
///
/// **Shape** a table of at most [#LOOKED_AT] lines is laid out when it has ended, by all of its
/// cells. A longer one settles its widths by those lines, with some room for longer cells, and from
/// then on each row is committed as it comes and wraps in its columns. Until then one line stands
/// for the table. So nothing that was drawn moves, however the cells turn out; widths that follow
/// every cell would move the whole table with each row, and a table that is held back until its end
/// would show nothing for long.
record Table(Line head, List<String> lines, @Nullable Columns columns) {
    /// Head, rule and three rows.
    static final int LOOKED_AT = 5;

    private static final int WIDEST = 400;
    private static final int MOST_COLUMNS = 64;

    Table {
        lines = List.copyOf(lines);
    }

    /// A line that is the head of a table if a rule follows.
    static Table of(Line head) {
        return new Table(head, List.of(head.body()), null);
    }

    /// Whether a line may be the head of a table; one without a bar in front only as plain text.
    static boolean isCandidate(Line line) {
        String body = line.body();
        boolean inner = body.contains(" | ") && line.item() == 0 && !Block.isMarked(body);
        return body.startsWith("|") || inner;
    }

    static boolean isRow(String body) {
        return body.indexOf('|') >= 0;
    }

    static boolean isRule(String body) {
        String text = body.strip();
        return text.length() > 2
                && text.indexOf('-') >= 0
                && text.indexOf('|') >= 0
                && text.chars().allMatch(c -> "|-: ".indexOf(c) >= 0);
    }

    /// Whether a line that is being written may become the rule under the head.
    static boolean mayBecomeRule(String body) {
        return body.chars().allMatch(c -> "|-: ".indexOf(c) >= 0);
    }

    /// Whether only a head is known, which may be no table at all.
    boolean isGuess() {
        return columns == null && lines.size() == 1;
    }

    boolean isSettled() {
        return columns != null;
    }

    private Margin margin() {
        return head.margin();
    }

    /// The table with one more line; its rows are added as soon as its widths are settled.
    Table with(String line, List<Row> rows) {
        Columns settled = columns;
        if (settled != null) {
            rows.add(row(line, settled, false));
            return this;
        }
        List<String> more = new ArrayList<>(lines);
        more.add(line);
        Table grown = new Table(head, more, null);
        return more.size() < LOOKED_AT ? grown : grown.settled(true, rows);
    }

    /// The table has ended.
    void end(List<Row> rows) {
        if (isGuess()) {
            rows.addAll(waiting());
        } else if (!isSettled()) {
            var _ = settled(false, rows);
        }
    }

    private Table settled(boolean grows, List<Row> rows) {
        Columns measured = measured(grows);
        for (int i = 0; i < lines.size(); i++) {
            rows.add(
                    i == 1
                            ? new Row.TableRule(margin().rest(), measured)
                            : row(lines.get(i), measured, i == 0));
        }
        return new Table(head, List.of(), measured);
    }

    /// The row that is being written.
    Row open(String line, Columns settled) {
        return new Row.TableRow(margin().rest(), cells(line, Ink.PLAIN, true), settled);
    }

    /// What stands for a table whose widths are not settled.
    List<Row> waiting() {
        if (isGuess()) {
            return Block.rows(head, false);
        }
        List<Span> body = new ArrayList<>();
        for (Cell cell : cells(head.body(), Ink.PLAIN.withBold(), false)) {
            if (!body.isEmpty()) {
                body.add(Span.of(" │ ", Role.DIM));
            }
            cell.lines().forEach(body::addAll);
        }
        int count = lines.size() - 2;
        if (count > 0) {
            body.add(Span.of(" · " + count + (count == 1 ? " row …" : " rows …"), Role.DIM));
        }
        return List.of(new Row.Flow(margin().first(), margin().rest(), body));
    }

    private Row row(String line, Columns settled, boolean head) {
        Ink ink = head ? Ink.PLAIN.withBold() : Ink.PLAIN;
        return new Row.TableRow(
                head ? margin().first() : margin().rest(), cells(line, ink, false), settled);
    }

    private Columns measured(boolean grows) {
        List<Integer> widths = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            List<Cell> cells = i == 1 ? List.of() : cells(lines.get(i), Ink.PLAIN, false);
            for (int column = 0; column < cells.size(); column++) {
                int width = Math.clamp(cells.get(column).width(), 1, WIDEST);
                if (column < widths.size()) {
                    widths.set(column, Math.max(widths.get(column), width));
                } else {
                    widths.add(width);
                }
            }
        }
        return new Columns(widths, sides(lines.get(1)), grows);
    }

    private static List<Side> sides(String rule) {
        List<Side> sides = new ArrayList<>();
        for (String cell : split(rule)) {
            boolean right = cell.endsWith(":");
            boolean middle = right && cell.startsWith(":");
            sides.add(middle ? Side.MIDDLE : right ? Side.RIGHT : Side.LEFT);
        }
        return sides;
    }

    private static List<Cell> cells(String line, Ink ink, boolean typed) {
        List<String> texts = split(line);
        List<Cell> out = new ArrayList<>();
        for (int i = 0; i < texts.size(); i++) {
            boolean last = i == texts.size() - 1;
            out.add(new Cell(Inline.lines(texts.get(i), ink, typed && last)));
        }
        return out;
    }

    private static List<String> split(String line) {
        String body = line.strip();
        List<String> cells = new ArrayList<>();
        StringBuilder cell = new StringBuilder();
        boolean code = false;
        for (int i = body.startsWith("|") ? 1 : 0; i < body.length(); i++) {
            char c = body.charAt(i);
            code = c == '`' ? !code && body.indexOf('`', i + 1) > 0 : code;
            if (c == '\\' && i + 1 < body.length() && body.charAt(i + 1) == '|') {
                cell.append('|');
                i++;
            } else if (c == '|' && !code && cells.size() < MOST_COLUMNS) {
                cells.add(cell.toString().strip());
                cell.setLength(0);
            } else {
                cell.append(c);
            }
        }
        if (!cell.toString().isBlank()) {
            cells.add(cell.toString().strip());
        }
        return cells;
    }
}
