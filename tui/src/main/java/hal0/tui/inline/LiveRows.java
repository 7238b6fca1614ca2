package hal0.tui.inline;

import java.util.List;

/// The rows below the scrollback as they stand in the terminal, and where its cursor is in them.
///
/// **Units** `widths` and `column` in cells.
record LiveRows(List<String> rows, List<Integer> widths, int row, int column) {

    LiveRows {
        rows = List.copyOf(rows);
        widths = List.copyOf(widths);
    }

    boolean isEmpty() {
        return rows.isEmpty();
    }

    /// Screen lines from the first row to the cursor where the terminal has broken rows that are
    /// wider than its new width.
    int above(int columns) {
        int lines = column / columns;
        for (int i = 0; i < row; i++) {
            lines += Math.max(1, (widths.get(i) + columns - 1) / columns);
        }
        return lines;
    }

    /// What turns `before`, with the cursor at its place, into these, where both are as many.
    String changes(LiveRows before, int columns) {
        StringBuilder out = new StringBuilder();
        int at = before.row();
        for (int i = 0; i < rows.size(); i++) {
            if (!rows.get(i).equals(before.rows().get(i))) {
                down(out, i - at);
                out.append('\r').append(rows.get(i));
                rest(out, widths.get(i), columns);
                at = i;
            }
        }
        boolean moved = before.row() != row || before.column() != column;
        if (out.isEmpty() && !moved) {
            return "";
        }
        place(out, at);
        return out.toString();
    }

    /// All of them, from the cursor's line on, which is the first.
    String whole(int columns) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < rows.size(); i++) {
            out.append(i == 0 ? "\r" : "\r\n").append(rows.get(i));
            rest(out, widths.get(i), columns);
        }
        place(out, rows.size() - 1);
        return out.toString();
    }

    /// Behind a row that is full the cursor stands on its last cell, which must not be erased.
    static void rest(StringBuilder out, int width, int columns) {
        if (width < columns) {
            out.append("\u001b[K");
        }
    }

    private void place(StringBuilder out, int from) {
        down(out, row - from);
        out.append('\r');
        if (column > 0) {
            out.append("\u001b[").append(column).append('C');
        }
    }

    static void down(StringBuilder out, int lines) {
        if (lines != 0) {
            out.append("\u001b[").append(Math.abs(lines)).append(lines < 0 ? 'A' : 'B');
        }
    }
}
