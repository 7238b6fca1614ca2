package hal0.tui.terminal;

/// Turns one row of a canvas into text for a terminal of which only the row is known, not the
/// place.
public final class LineWriter {
    private final boolean ascii;

    public LineWriter(boolean ascii) {
        this.ascii = ascii;
    }

    /// **Units** `width` in cells, without blanks at the end.
    public record Line(String text, int width) {}

    public Line of(Canvas canvas, int row) {
        int end = end(canvas, row);
        StringBuilder out = new StringBuilder();
        Style pen = Style.DEFAULT;
        int x = 0;
        while (x < end) {
            Style style = canvas.style(x, row);
            if (!style.equals(pen)) {
                out.append(style.sequence());
                pen = style;
            }
            String cluster = canvas.cluster(x, row);
            boolean wide = x + 1 < canvas.size().columns() && canvas.cluster(x + 1, row).isEmpty();
            x += wide ? 2 : 1;
            out.append(ascii ? Ascii.of(cluster, wide) : cluster);
            if (!FrameWriter.isSure(cluster) && x < end) {
                out.append("\u001b[").append(x + 1).append('G');
            }
        }
        if (!pen.equals(Style.DEFAULT)) {
            out.append(Style.DEFAULT.sequence());
        }
        return new Line(out.toString(), end);
    }

    private static int end(Canvas canvas, int row) {
        int end = canvas.size().columns();
        while (end > 0
                && canvas.cluster(end - 1, row).equals(" ")
                && canvas.style(end - 1, row).equals(Style.DEFAULT)) {
            end--;
        }
        return end;
    }
}
