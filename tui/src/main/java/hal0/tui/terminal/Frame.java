package hal0.tui.terminal;

/// What the screen shows: cells, and where the cursor stands, which is hidden when `column` is
/// negative. `laidOut` counts the transcript rows that had to be wrapped for it.
public record Frame(Canvas canvas, int cursorColumn, int cursorRow, int laidOut) {

    public boolean hasCursor() {
        return cursorColumn >= 0 && cursorColumn < canvas.size().columns() && cursorRow >= 0;
    }
}
