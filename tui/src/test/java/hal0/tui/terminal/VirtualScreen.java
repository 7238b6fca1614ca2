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
    private String[][] looks;
    private TreeSet<String> pen = new TreeSet<>();

    /// From a change of size until the screen is cleared; what was meant for the old size may come.
    private boolean unsettled;

    private int top;
    private int bottom;
    private int x;
    private int y;
    private int cellsWritten;
    private final List<String> log = new ArrayList<>();

    public VirtualScreen(Size size) {
        resized(size);
    }

    private void resized(Size size) {
        cells = blank(size);
        saved = blank(size);
        looks = plain(size);
        top = 0;
        bottom = size.rows() - 1;
        x = 0;
        y = 0;
    }

    private static String[][] blank(Size size) {
        return filled(size, " ");
    }

    private static String[][] plain(Size size) {
        return filled(size, "");
    }

    private static String[][] filled(Size size, String with) {
        String[][] out = new String[size.rows()][size.columns()];
        for (String[] row : out) {
            Arrays.fill(row, with);
        }
        return out;
    }

    public synchronized void resize(Size size) {
        resized(size);
        unsettled = true;
        notifyAll();
    }

    public synchronized void write(String text) {
        int at = 0;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == 0x1b) {
                at = escape(text, at);
            } else if (c == '\r') {
                x = 0;
                at++;
            } else if (c == '\n') {
                // The line discipline adds the carriage return.
                scroll(bottom, top, 1);
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

    private void print(String cluster) {
        if (cluster.charAt(0) < 0x20) {
            throw new IllegalStateException("control character " + (int) cluster.charAt(0));
        }
        int width = Cells.width(cluster);
        if (x + width > columns()) {
            if (unsettled) {
                return;
            }
            throw new IllegalStateException("written over the edge: " + cluster);
        }
        uncover(x);
        put(x, cluster);
        if (width == 2) {
            uncover(x + 1);
            put(x + 1, "");
        }
        x += width;
        cellsWritten += width;
    }

    private void put(int column, String cluster) {
        cells[y][column] = cluster;
        looks[y][column] = String.join(" ", pen);
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

    /// What is erased takes the background of the pen; only the default one is asked for.
    private void erase(int row, int from) {
        if (from < columns()) {
            uncoverAt(row, from);
        }
        if (pen.stream().anyMatch(code -> !code.matches("1|2|3|38;.*|3\\d|9\\d"))) {
            throw new IllegalStateException("erased with " + pen);
        }
        Arrays.fill(cells[row], from, columns(), " ");
        Arrays.fill(looks[row], from, columns(), "");
    }

    private void uncoverAt(int row, int column) {
        int before = y;
        y = row;
        uncover(column);
        y = before;
    }

    private int escape(String text, int from) {
        switch (text.charAt(from + 1)) {
            case '[' -> {
                return control(text, from);
            }
            case ']' -> {
                int end = text.indexOf("\u001b\\", from);
                order(text.substring(from + 2, end));
                return end + 2;
            }
            case 'D' -> scroll(bottom, top, 1);
            case 'M' -> scroll(top, bottom, -1);
            default -> throw new IllegalStateException("unknown ESC " + text.charAt(from + 1));
        }
        return from + 2;
    }

    /// The question about the background, or a link; no other is known.
    private void order(String body) {
        if (body.startsWith("8;;")) {
            pen.removeIf(code -> code.startsWith("link "));
            if (body.length() > 3) {
                pen.add("link " + body.substring(3));
            }
        } else if (!body.equals("11;?")) {
            throw new IllegalStateException("unknown OSC " + body);
        }
    }

    /// At `edge` the region scrolls by a row, which is lost at `far`; elsewhere the cursor moves.
    private void scroll(int edge, int far, int step) {
        if (y != edge) {
            y = Math.clamp(y + step, 0, cells.length - 1);
            return;
        }
        for (int row = far; row != edge; row += step) {
            cells[row] = cells[row + step];
            looks[row] = looks[row + step];
        }
        cells[edge] = new String[columns()];
        looks[edge] = new String[columns()];
        Arrays.fill(cells[edge], " ");
        erase(edge, 0);
    }

    private int control(String text, int from) {
        int end = from + 2;
        while (text.charAt(end) < 0x40) {
            end++;
        }
        String body = text.substring(from + 2, end);
        switch (text.charAt(end)) {
            case 'H' -> move(body);
            case 'C' -> x = Math.min(columns() - 1, x + (body.isEmpty() ? 1 : parse(body)));
            case 'G' -> x = parse(body) - 1;
            case 'J' -> {
                if (!body.equals("2")) {
                    throw new IllegalStateException("unknown ESC[" + body + "J");
                }
                unsettled = false;
                for (int row = 0; row < cells.length; row++) {
                    erase(row, 0);
                }
            }
            case 'K' -> {
                if (!body.isEmpty() || x >= columns()) {
                    throw new IllegalStateException("unknown ESC[" + body + "K at column " + x);
                }
                erase(y, x);
            }
            case 'm' -> {
                if (body.startsWith(">")) {
                    set(">4", !body.endsWith(";0"));
                } else {
                    pen = look(body);
                }
            }
            case 'r' -> region(body);
            case 'h' -> mode(body, true);
            case 'l' -> mode(body, false);
            case 'q' -> set("shape", !body.equals("0 "));
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

    private static int parse(String number) {
        return Integer.parseInt(number);
    }

    private void move(String body) {
        String[] parts = body.split(";");
        y = parse(parts[0]) - 1;
        x = parts.length > 1 ? parse(parts[1]) - 1 : 0;
        if (unsettled) {
            y = Math.min(y, cells.length - 1);
            x = Math.min(x, columns() - 1);
        } else if (y >= cells.length || x >= columns()) {
            throw new IllegalStateException("cursor placed outside: " + body);
        }
    }

    /// The cursor goes home, as with every terminal.
    private void region(String body) {
        String[] parts = body.isEmpty() ? new String[] {"1", "" + cells.length} : body.split(";");
        top = parse(parts[0]) - 1;
        bottom = parse(parts[1]) - 1;
        if (unsettled) {
            top = 0;
            bottom = cells.length - 1;
        } else if (top >= bottom || bottom >= cells.length) {
            throw new IllegalStateException("not a region: " + body);
        }
        x = 0;
        y = 0;
    }

    /// The pen after these codes; colours are one code with what belongs to them.
    private TreeSet<String> look(String body) {
        TreeSet<String> next = new TreeSet<>(pen);
        List<String> codes = new ArrayList<>(List.of(body.split(";")));
        while (!codes.isEmpty()) {
            String code = codes.removeFirst();
            if (code.isEmpty() || code.equals("0")) {
                next.removeIf(old -> !old.startsWith("link "));
                continue;
            }
            if (code.equals("38") || code.equals("48")) {
                int more = codes.getFirst().equals("5") ? 2 : 4;
                List<String> rest = codes.subList(0, more);
                code += ";" + String.join(";", rest);
                rest.clear();
            }
            boolean foreground = code.matches("38;.*|3[0-79]|9[0-7]");
            boolean background = code.matches("48;.*|4[0-79]|10[0-7]");
            next.removeIf(old ->
                    foreground && old.matches("38;.*|3[0-79]|9[0-7]")
                            || background && old.matches("48;.*|4[0-79]|10[0-7]"));
            next.add(code);
        }
        return next;
    }

    private int columns() {
        return cells[0].length;
    }

    private void mode(String body, boolean on) {
        if (body.equals("?1049") && on != modes.contains(body)) {
            String[][] other = saved;
            saved = cells;
            Size size = new Size(columns(), cells.length);
            cells = on ? blank(size) : other;
            looks = plain(size);
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

    /// The codes that a cell was written with.
    synchronized String look(int column, int row) {
        return looks[row][column];
    }

    /// The codes of the first cell of a text on the screen; empty when it is not there.
    public synchronized String lookOf(String shown) {
        for (int row = 0; row < cells.length; row++) {
            int at = String.join("", cells[row]).indexOf(shown);
            if (at >= 0) {
                return looks[row][Cells.width(String.join("", cells[row]).substring(0, at))];
            }
        }
        return "";
    }

    synchronized String cell(int column, int row) {
        return cells[row][column];
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
