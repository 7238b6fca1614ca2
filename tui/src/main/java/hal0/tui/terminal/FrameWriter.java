package hal0.tui.terminal;

import org.jspecify.annotations.Nullable;

/// Turns a frame into the bytes that change what the terminal shows into it.
///
/// **Shape** only changed cells are written, whole clusters always; an unchanged frame gives an
/// empty string. After a cluster whose width terminals disagree on, the cursor is placed anew, so
/// that a disagreement stays within one cell. **Threads** one.
public final class FrameWriter {
    private static final String HIDE = "\u001b[?25l";
    private static final String BEGIN = "\u001b[?2026h" + HIDE;
    private static final String END = "\u001b[?2026l";
    private static final int UNKNOWN = -1;

    private final boolean ascii;
    private boolean synchronizes = true;
    private @Nullable Frame shown;
    private final StringBuilder out = new StringBuilder(4096);
    private int atColumn;
    private int atRow;
    private @Nullable Style pen;

    /// A writer that uses only ASCII where the terminal cannot show more.
    public FrameWriter(boolean ascii) {
        this.ascii = ascii;
    }

    /// Leaves the marks of a synchronized update away, for a terminal that does not know them.
    public void unsynchronized() {
        synchronizes = false;
    }

    /// Forgets what the terminal shows; the next frame is written whole.
    public void forget() {
        shown = null;
    }

    /// The bytes for `frame`, as text.
    public String write(Frame frame) {
        Frame before = shown;
        boolean whole = before == null || !before.canvas().size().equals(frame.canvas().size());
        out.setLength(0);
        atColumn = UNKNOWN;
        atRow = UNKNOWN;
        pen = null;
        if (whole) {
            out.append("\u001b[0m\u001b[2J");
        }
        Canvas old = whole || before == null ? new Canvas(frame.canvas().size()) : before.canvas();
        for (int y = 0; y < frame.canvas().size().rows(); y++) {
            row(old, frame.canvas(), y);
        }
        boolean cursorMoved =
                before == null
                        || before.cursorColumn() != frame.cursorColumn()
                        || before.cursorRow() != frame.cursorRow();
        shown = frame;
        if (out.isEmpty() && !cursorMoved) {
            return "";
        }
        return finish(frame);
    }

    private String finish(Frame frame) {
        String cells = out.toString();
        out.setLength(0);
        out.append(synchronizes ? BEGIN : HIDE).append(cells);
        if (pen != null && !pen.equals(Style.DEFAULT)) {
            out.append("\u001b[0m");
        }
        if (frame.hasCursor()) {
            place(frame.cursorColumn(), frame.cursorRow());
            out.append("\u001b[?25h");
        }
        return out.append(synchronizes ? END : "").toString();
    }

    private void row(Canvas old, Canvas now, int y) {
        int columns = now.size().columns();
        int blankFrom = blankFrom(now, y);
        for (int x = 0; x < columns; x++) {
            if (now.cluster(x, y).isEmpty() || !isChanged(old, now, x, y)) {
                continue;
            }
            if (x >= blankFrom && columns - x > 8) {
                erase(x, y);
                return;
            }
            cell(now, x, y);
        }
    }

    private static boolean isChanged(Canvas old, Canvas now, int x, int y) {
        if (differs(old, now, x, y)) {
            return true;
        }
        boolean wide = x + 1 < now.size().columns() && now.cluster(x + 1, y).isEmpty();
        return wide && differs(old, now, x + 1, y);
    }

    private static boolean differs(Canvas old, Canvas now, int x, int y) {
        return !old.cluster(x, y).equals(now.cluster(x, y))
                || !old.style(x, y).equals(now.style(x, y));
    }

    /// The first column after which the row is empty and in the default style.
    private static int blankFrom(Canvas now, int y) {
        int x = now.size().columns();
        while (x > 0
                && now.cluster(x - 1, y).equals(" ")
                && now.style(x - 1, y).equals(Style.DEFAULT)) {
            x--;
        }
        return x;
    }

    private void erase(int x, int y) {
        moveTo(x, y);
        draw(Style.DEFAULT);
        out.append("\u001b[K");
    }

    private void cell(Canvas now, int x, int y) {
        moveTo(x, y);
        draw(now.style(x, y));
        String cluster = now.cluster(x, y);
        boolean wide = x + 1 < now.size().columns() && now.cluster(x + 1, y).isEmpty();
        int next = x + (wide ? 2 : 1);
        out.append(ascii ? Ascii.of(cluster, wide) : cluster);
        boolean sure = isSure(cluster) && next < now.size().columns();
        atColumn = sure ? next : UNKNOWN;
    }

    /// Whether every terminal agrees on the width.
    static boolean isSure(String cluster) {
        if (cluster.length() != 1) {
            return false;
        }
        char c = cluster.charAt(0);
        return c < 0x300
                || (c >= 0x2500 && c < 0x2580)
                || (c >= 0x3041 && c < 0xA4D0)
                || (c >= 0xAC00 && c < 0xD7A4);
    }

    private void draw(Style style) {
        if (!style.equals(pen)) {
            out.append(style.sequence());
        }
        pen = style;
    }

    private void moveTo(int x, int y) {
        if (atColumn != x || atRow != y) {
            place(x, y);
        }
        atColumn = x;
        atRow = y;
    }

    private void place(int x, int y) {
        out.append("\u001b[").append(y + 1).append(';').append(x + 1).append('H');
    }
}
