package hal0.tui.text;

import java.util.ArrayList;
import java.util.List;

/// The lines of a table that is being written.
///
/// **Shape** lines that turn out not to be a table (no rule as the second line) become plain rows.
/// Once `columns` are known to others the table is frozen: later rows use them as they are.
record Table(List<String> lines, List<Integer> columns) {
    static final Table EMPTY = new Table(List.of(), List.of());

    private static final int WIDEST = 400;

    Table {
        lines = List.copyOf(lines);
        columns = List.copyOf(columns);
    }

    Table with(String line) {
        List<String> grown = new ArrayList<>(lines);
        grown.add(line);
        return new Table(grown, columns);
    }

    int size() {
        return lines.size();
    }

    boolean isFrozen() {
        return !columns.isEmpty();
    }

    /// Adds the lines as rows and gives the frozen rest.
    Table flush(List<Row> rows) {
        if (!isFrozen() && (lines.size() < 2 || !isRule(lines.get(1)))) {
            lines.forEach(line -> rows.add(Block.flow(line)));
            return EMPTY;
        }
        List<Integer> widths = isFrozen() ? columns : measured();
        for (int i = 0; i < lines.size(); i++) {
            boolean head = i == 0 && !isFrozen();
            if (i == 1 && !isFrozen()) {
                rows.add(new Row.TableRule(widths));
            } else {
                rows.add(new Row.TableRow(cells(lines.get(i), head), widths));
            }
        }
        return new Table(List.of(), widths);
    }

    private List<Integer> measured() {
        List<Integer> widths = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            if (i == 1) {
                continue;
            }
            List<List<Span>> cells = cells(lines.get(i), i == 0);
            for (int column = 0; column < cells.size(); column++) {
                int width = Math.clamp(Span.width(cells.get(column)), 1, WIDEST);
                if (column < widths.size()) {
                    widths.set(column, Math.max(widths.get(column), width));
                } else {
                    widths.add(width);
                }
            }
        }
        return widths;
    }

    private static List<List<Span>> cells(String line, boolean head) {
        Ink ink = head ? Ink.PLAIN.withBold() : Ink.PLAIN;
        List<List<Span>> out = new ArrayList<>();
        for (String cell : split(line)) {
            out.add(Inline.spans(cell, ink));
        }
        return out;
    }

    private static List<String> split(String line) {
        String body = line.strip();
        List<String> cells = new ArrayList<>();
        StringBuilder cell = new StringBuilder();
        boolean code = false;
        for (int i = 1; i < body.length(); i++) {
            char c = body.charAt(i);
            code ^= c == '`';
            if (c == '\\' && i + 1 < body.length() && body.charAt(i + 1) == '|') {
                cell.append('|');
                i++;
            } else if (c == '|' && !code) {
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

    private static boolean isRule(String line) {
        String body = line.strip();
        return body.length() > 2
                && body.indexOf('-') > 0
                && body.chars().allMatch(c -> c == '|' || c == '-' || c == ':' || c == ' ');
    }
}
