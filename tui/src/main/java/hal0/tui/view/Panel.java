package hal0.tui.view;

import hal0.tui.state.Geometry;
import hal0.tui.terminal.Canvas;
import hal0.tui.terminal.Size;
import hal0.tui.terminal.Style;
import hal0.tui.text.Cells;

/// A box over the transcript. **Units** cells; the inside begins one cell in from each side.
record Panel(int column, int row, int columns, int rows) {
    /// A box over all of the transcript: what is beside a narrower one would only be half a
    /// sentence.
    static Panel whole(Canvas canvas, String title, Theme theme) {
        Size size = canvas.size();
        Panel panel = new Panel(0, 0, size.columns(), Math.max(3, size.rows() - 2));
        panel.draw(canvas, title, theme);
        return panel;
    }

    /// A box for `lines` lines, as wide and high as the screen allows, and drawn.
    static Panel open(Canvas canvas, int lines, String title, Theme theme) {
        return open(canvas, lines, title, theme, middle(canvas, lines));
    }

    /// The same, but below the first `used` of `bottom` rows where it fits there.
    static Panel below(Canvas canvas, int lines, String title, Theme theme, int used, int bottom) {
        int middle = middle(canvas, lines);
        boolean fits = used + rows(canvas, lines) <= bottom;
        return open(canvas, lines, title, theme, fits ? Math.max(used, middle) : middle);
    }

    private static Panel open(Canvas canvas, int lines, String title, Theme theme, int row) {
        Size size = canvas.size();
        int columns = Geometry.panelColumns(size);
        int column = (size.columns() - columns) / 2;
        Panel panel = new Panel(column, row, columns, rows(canvas, lines));
        panel.draw(canvas, title, theme);
        return panel;
    }

    private static int rows(Canvas canvas, int lines) {
        return Math.min(lines + 2, Math.max(3, canvas.size().rows() - 2));
    }

    private static int middle(Canvas canvas, int lines) {
        return Math.max(0, (canvas.size().rows() - 2 - rows(canvas, lines)) / 2);
    }

    private void draw(Canvas canvas, String title, Theme theme) {
        canvas.fill(column, row, columns, rows, Style.DEFAULT);
        String line = "─".repeat(Math.max(0, columns - 2));
        canvas.put(column, row, "╭" + line + "╮", theme.border());
        for (int y = 1; y < rows - 1; y++) {
            canvas.put(column, row + y, "│", theme.border());
            canvas.put(column + columns - 1, row + y, "│", theme.border());
        }
        canvas.put(column, row + rows - 1, "╰" + line + "╯", theme.border());
        canvas.put(column + 2, row, " " + Cells.ellipsis(title, width() - 4) + " ", theme.title());
    }

    /// The [#width] that a panel on this canvas has.
    static int widthOn(Canvas canvas) {
        return Geometry.panelWidth(Geometry.panelColumns(canvas.size()));
    }

    /// Cells inside, without a blank at each side.
    int width() {
        return Geometry.panelWidth(columns);
    }

    int height() {
        return rows - 2;
    }

    /// Draws a line inside; lines that do not fit are left out.
    void line(Canvas canvas, int line, String text, Style style) {
        if (line >= 0 && line < height()) {
            canvas.put(column + 2, row + 1 + line, Cells.ellipsis(text, width()), style);
        }
    }

    /// A line that may be the chosen one, coloured over its whole width.
    void row(Canvas canvas, int line, String text, Style style) {
        if (line >= 0 && line < height()) {
            canvas.put(column + 1, row + 1 + line, " " + Cells.pad(text, width()) + " ", style);
        }
    }

    /// The screen position of a cell inside.
    ScreenView.Cursor cursor(int cells, int line) {
        return new ScreenView.Cursor(
                column + 2 + Math.min(cells, width() - 1), row + 1 + Math.min(line, height() - 1));
    }
}
