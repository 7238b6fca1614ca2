package hal0.tui.terminal;

import org.jspecify.annotations.Nullable;

/// Turns a frame into the bytes that change what the terminal shows into it.
///
/// **Shape** what has only moved up or down is scrolled; of the rest only changed cells are
/// written, whole clusters always; an unchanged frame gives an empty string. After a cluster whose
/// width terminals disagree on, the cursor is placed anew, so that a disagreement stays within one
/// cell. Only what the Linux console knows as well is needed: terminals pass over what hides the
/// cursor and holds the frame together. **Threads** one.
public final class FrameWriter {
    private static final String HIDE = "\u001b[?25l";
    private static final String SHOW = "\u001b[?25h";
    private static final String MARK = "\u001b[?2026h";
    private static final String UNMARK = "\u001b[?2026l";

    /// The whole screen scrolls, no attribute is on, nothing is shown.
    private static final String CLEAR = "\u001b[r\u001b[m\u001b[2J";

    private static final int UNKNOWN = -1;

    /// As long as the shortest sequence that moves the cursor.
    private static final int SHORT_GAP = 4;

    /// Up to this column the start of the next line is nearer than a place.
    private static final int NEAR = 9;

    /// A sequence that erases is no longer than this.
    private static final int LEAST_ERASED = 4;

    private final boolean ascii;
    private String begin = MARK + HIDE;
    private String end = UNMARK;
    private boolean hidden = true;
    private @Nullable Frame shown;
    private final StringBuilder out = new StringBuilder(4096);
    private int atColumn;
    private int atRow;
    private Style pen = Style.DEFAULT;

    /// A writer that uses only ASCII where the terminal cannot show more.
    public FrameWriter(boolean ascii) {
        this.ascii = ascii;
    }

    /// Leaves the marks of a synchronized update away for a terminal that does not know them; where
    /// it does, the cursor need not be hidden meanwhile.
    public void synchronizes(boolean known) {
        begin = known ? MARK : HIDE;
        end = known ? UNMARK : "";
    }

    /// As a terminal that knows no marks.
    public void unsynchronized() {
        synchronizes(false);
    }

    /// Forgets what the terminal shows; the next frame is written whole.
    public void forget() {
        shown = null;
    }

    /// The bytes for `frame`, as text.
    public String write(Frame frame) {
        Frame before = shown;
        shown = frame;
        out.setLength(0);
        atColumn = UNKNOWN;
        atRow = UNKNOWN;
        pen = Style.DEFAULT;
        if (before == null || !before.canvas().size().equals(frame.canvas().size())) {
            out.append(CLEAR).append(HIDE);
            hidden = true;
            rows(frame.canvas(), frame.canvas(), Shift.away(frame.canvas().size().rows()));
            return finish(frame);
        }
        Shift shift = Shift.between(before.canvas(), frame.canvas());
        if (shift != null) {
            scroll(shift, frame.canvas().size().rows());
        }
        rows(before.canvas(), frame.canvas(), shift == null ? Shift.NONE : shift);
        boolean cursorMoved =
                before.cursorColumn() != frame.cursorColumn()
                        || before.cursorRow() != frame.cursorRow();
        return out.isEmpty() && !cursorMoved ? "" : finish(frame);
    }

    private String finish(Frame frame) {
        String cells = out.toString();
        out.setLength(0);
        hidden |= begin.endsWith(HIDE);
        out.append(begin).append(cells);
        draw(Style.DEFAULT);
        if (frame.hasCursor()) {
            place(frame.cursorColumn(), frame.cursorRow());
        }
        if (frame.hasCursor() == hidden) {
            out.append(hidden ? SHOW : HIDE);
            hidden = !hidden;
        }
        return out.append(end).toString();
    }

    /// Index and reverse index at the edge of a scroll region: the oldest way, which all know. The
    /// region is given back at once, so that no other part of the program meets it.
    private void scroll(Shift shift, int rows) {
        boolean part = shift.top() > 0 || shift.bottom() < rows - 1;
        if (part) {
            out.append("\u001b[").append(shift.top() + 1).append(';');
            out.append(shift.bottom() + 1).append('r');
        }
        place(0, shift.by() > 0 ? shift.bottom() : shift.top());
        out.repeat(shift.by() > 0 ? "\u001bD" : "\u001bM", Math.abs(shift.by()));
        if (part) {
            out.append("\u001b[r");
            atColumn = UNKNOWN;
            atRow = UNKNOWN;
        }
    }

    private void rows(Canvas old, Canvas now, Shift shift) {
        for (int y = 0; y < now.size().rows(); y++) {
            row(old, shift.source(y), now, y);
        }
    }

    private void row(Canvas old, int from, Canvas now, int y) {
        int columns = now.size().columns();
        int blankFrom = now.blankFrom(y);
        for (int x = 0; x < columns; x++) {
            boolean changed =
                    now.differs(x, y, old, from)
                            || (now.isWide(x, y) && now.differs(x + 1, y, old, from));
            if (!changed || now.cluster(x, y).isEmpty()) {
                continue;
            }
            if (x >= blankFrom && columns - x >= LEAST_ERASED) {
                erase(now, x, y);
                return;
            }
            cell(now, x, y);
        }
    }

    private void erase(Canvas now, int x, int y) {
        moveTo(now, x, y);
        if (pen.showsOnBlank()) {
            draw(Style.DEFAULT);
        }
        out.append("\u001b[K");
    }

    private void cell(Canvas now, int x, int y) {
        moveTo(now, x, y);
        String cluster = now.cluster(x, y);
        Style style = now.style(x, y);
        if (!cluster.equals(" ") || style.showsOnBlank() || pen.showsOnBlank()) {
            draw(style);
        }
        boolean wide = now.isWide(x, y);
        int next = x + (wide ? 2 : 1);
        out.append(ascii ? Ascii.of(cluster, wide) : cluster);
        boolean sure = isSure(cluster) && next < now.size().columns();
        atColumn = sure ? next : UNKNOWN;
        // At the edge a terminal waits before it wraps, or has wrapped what it thinks wider.
        atRow = next < now.size().columns() - 1 ? y : UNKNOWN;
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
            out.append(style.sequenceAfter(pen));
            pen = style;
        }
    }

    private void moveTo(Canvas now, int x, int y) {
        if (atRow != y || (atColumn != x && !fill(now, x))) {
            place(x, y);
        }
        atColumn = x;
        atRow = y;
    }

    /// Writes again what stands between the cursor and `x` where that is shorter than a movement.
    private boolean fill(Canvas now, int x) {
        int gap = x - atColumn;
        if (atColumn == UNKNOWN || gap < 0 || gap > SHORT_GAP) {
            return false;
        }
        for (int at = atColumn; at < x; at++) {
            String cluster = now.cluster(at, atRow);
            boolean inPen =
                    now.style(at, atRow).equals(pen)
                            || (cluster.equals(" ")
                                    && now.style(at, atRow).isDefault()
                                    && !pen.showsOnBlank());
            if (!inPen || cluster.length() != 1 || cluster.charAt(0) >= 0x7F) {
                return false;
            }
        }
        for (int at = atColumn; at < x; at++) {
            out.append(now.cluster(at, atRow));
        }
        return true;
    }

    /// The shortest sequence that surely ends there.
    private void place(int x, int y) {
        if (atRow == y && atColumn != UNKNOWN && x > atColumn) {
            forward(x - atColumn);
        } else if (atRow == y) {
            out.append("\u001b[").append(x + 1).append('G');
        } else if (atRow != UNKNOWN && y == atRow + 1 && x <= NEAR) {
            out.append("\r\n");
            if (x > 0) {
                forward(x);
            }
        } else if (x == 0) {
            out.append("\u001b[").append(y + 1).append('H');
        } else {
            out.append("\u001b[").append(y + 1).append(';').append(x + 1).append('H');
        }
        atColumn = x;
        atRow = y;
    }

    private void forward(int cells) {
        out.append("\u001b[").append(cells == 1 ? "" : cells).append('C');
    }
}
