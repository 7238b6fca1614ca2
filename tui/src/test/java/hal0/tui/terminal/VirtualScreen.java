package hal0.tui.terminal;

import hal0.tui.text.Cells;
import hal0.tui.text.Graphemes;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/// A terminal that obeys what is written to it, as far as the screen uses it. It throws on a
/// sequence that it does not know, so that a new one cannot slip through untested.
public final class VirtualScreen {
    private final Set<String> modes = new TreeSet<>();
    private String[][] cells;
    private String[][] saved;
    private int x;
    private int y;
    private int cellsWritten;
    private final List<String> log = new ArrayList<>();

    public VirtualScreen(Size size) {
        cells = blank(size);
        saved = blank(size);
    }

    private static String[][] blank(Size size) {
        String[][] out = new String[size.rows()][size.columns()];
        for (String[] row : out) {
            Arrays.fill(row, " ");
        }
        return out;
    }

    public synchronized void resize(Size size) {
        cells = blank(size);
        saved = blank(size);
        notifyAll();
    }

    public synchronized void write(String text) {
        int at = 0;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == 0x1b) {
                at = escape(text, at);
            } else if (c == '\n') {
                lineFeed();
                x = 0;
                at++;
            } else if (c == 0x07) {
                modes.add("bell");
                at++;
            } else {
                int end = Graphemes.next(text, at);
                print(text.substring(at, end));
                at = end;
            }
        }
        log.add(text);
        notifyAll();
    }

    private void lineFeed() {
        if (y < cells.length - 1) {
            y++;
            return;
        }
        String[] blank = new String[cells[0].length];
        Arrays.fill(blank, " ");
        System.arraycopy(cells, 1, cells, 0, y);
        cells[y] = blank;
    }

    private void print(String cluster) {
        if (cluster.charAt(0) < 0x20) {
            throw new IllegalStateException("control character " + (int) cluster.charAt(0));
        }
        int width = Cells.width(cluster);
        if (y >= cells.length || x + width > cells[y].length) {
            return;
        }
        uncover(x);
        cells[y][x] = cluster;
        if (width == 2) {
            uncover(x + 1);
            cells[y][x + 1] = "";
        }
        x += width;
        cellsWritten += width;
    }

    /// Overwriting half of a wide cluster blanks the other half.
    private void uncover(int column) {
        if (cells[y][column].isEmpty() && column > 0) {
            cells[y][column - 1] = " ";
        }
        if (column + 1 < cells[y].length && cells[y][column + 1].isEmpty()) {
            cells[y][column + 1] = " ";
        }
        cells[y][column] = " ";
    }

    private int escape(String text, int from) {
        int end = from + 2;
        while (text.charAt(end) < 0x40) {
            end++;
        }
        String body = text.substring(from + 2, end);
        switch (text.charAt(end)) {
            case 'H' -> move(body);
            case 'J' -> cells = blank(new Size(cells[0].length, cells.length));
            case 'K' -> Arrays.fill(cells[y], x, cells[y].length, " ");
            case 'm' -> {
                if (body.startsWith(">")) {
                    set(">4", !body.endsWith(";0"));
                }
            }
            case 'h' -> mode(body, true);
            case 'l' -> mode(body, false);
            case 'u' -> {
                if (!body.startsWith("?")) {
                    set("kitty", body.startsWith(">"));
                }
            }
            case 'c', 'p' -> {
                // Questions, which this terminal answers only when a test does.
            }
            default -> throw new IllegalStateException("unknown sequence ESC[" + body);
        }
        return end + 1;
    }

    private void move(String body) {
        String[] parts = body.split(";");
        y = Integer.parseInt(parts[0]) - 1;
        x = Integer.parseInt(parts[1]) - 1;
    }

    private void mode(String body, boolean on) {
        if (body.equals("?1049") && on != modes.contains(body)) {
            String[][] other = saved;
            saved = cells;
            cells = on ? blank(new Size(cells[0].length, cells.length)) : other;
        }
        set(body, on);
    }

    private void set(String mode, boolean on) {
        if (on) {
            modes.add(mode);
        } else {
            modes.remove(mode);
        }
    }

    /// Modes that are on, the cursor's visibility among them.
    public synchronized Set<String> modes() {
        return Set.copyOf(modes);
    }

    public synchronized String text() {
        StringBuilder out = new StringBuilder();
        for (String[] row : cells) {
            out.append(String.join("", row).stripTrailing()).append('\n');
        }
        return out.toString();
    }

    public synchronized int cursorColumn() {
        return x;
    }

    public synchronized int cursorRow() {
        return y;
    }

    public synchronized int cellsWritten() {
        return cellsWritten;
    }

    public synchronized int writes() {
        return log.size();
    }

    /// Waits until the screen is as wanted.
    public synchronized void await(String what, Predicate<String> wanted) {
        long deadline = System.nanoTime() + 10_000_000_000L;
        while (!wanted.test(text())) {
            long left = (deadline - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                throw new AssertionError("the screen never showed " + what + ":\n" + text());
            }
            try {
                wait(left);
            } catch (InterruptedException e) {
                throw new AssertionError("interrupted", e);
            }
        }
    }

    void writeBytes(byte[] bytes) {
        write(new String(bytes, StandardCharsets.UTF_8));
    }
}
