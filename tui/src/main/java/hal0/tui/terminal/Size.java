package hal0.tui.terminal;

/// **Units** cells; at least one each way.
public record Size(int columns, int rows) {
    public Size {
        columns = Math.max(1, columns);
        rows = Math.max(1, rows);
    }
}
