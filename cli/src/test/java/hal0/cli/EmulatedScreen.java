package hal0.cli;

import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import org.jline.utils.WCWidth;

/// What a terminal shows of the text that was sent to it, in whatever pieces it came.
///
/// **Shape** cursor movement, erasing, scrolling, the alternate screen; colours are read over, and
/// so is everything that changes no text. **Threads** one.
final class EmulatedScreen {
    private static final char ESC = '\u001b';

    private final int columns;
    private final int rows;
    private final StringBuilder pending = new StringBuilder();
    private final Set<String> modes = new TreeSet<>();
    private String[][] cells;
    private String[][] main;
    private int x;
    private int y;
    private int top;
    private int bottom;

    EmulatedScreen(int columns, int rows) {
        this.columns = columns;
        this.rows = rows;
        this.cells = blank();
        this.main = cells;
        this.bottom = rows - 1;
        modes.add("?25");
    }

    private String[][] blank() {
        String[][] made = new String[rows][columns];
        for (String[] row : made) {
            Arrays.fill(row, " ");
        }
        return made;
    }

    void write(CharSequence text) {
        pending.append(text);
        int done = 0;
        int end = next(0);
        while (end > 0) {
            obey(pending.substring(done, end));
            done = end;
            end = next(done);
        }
        pending.delete(0, done);
    }

    /// Where the next character or sequence ends; -1 when it has not come whole.
    private int next(int from) {
        if (from >= pending.length()) {
            return -1;
        }
        char c = pending.charAt(from);
        if (Character.isHighSurrogate(c)) {
            return from + 1 < pending.length() ? from + 2 : -1;
        }
        if (c != ESC) {
            return from + 1;
        }
        if (from + 1 >= pending.length()) {
            return -1;
        }
        return switch (pending.charAt(from + 1)) {
            case '[' -> endOfControl(from + 2);
            case ']', 'P', '_', '^', 'X' -> endOfString(from + 2);
            case '(', ')', '#', ' ', '%' -> from + 2 < pending.length() ? from + 3 : -1;
            default -> from + 2;
        };
    }

    private int endOfControl(int from) {
        for (int i = from; i < pending.length(); i++) {
            if (pending.charAt(i) >= 0x40) {
                return i + 1;
            }
        }
        return -1;
    }

    private int endOfString(int from) {
        for (int i = from; i < pending.length(); i++) {
            if (pending.charAt(i) == '\u0007') {
                return i + 1;
            }
            if (pending.charAt(i) == '\\' && pending.charAt(i - 1) == ESC) {
                return i + 1;
            }
        }
        return -1;
    }

    private void obey(String piece) {
        switch (piece.charAt(0)) {
            case ESC -> {
                switch (piece.charAt(1)) {
                    case '[' ->
                            control(
                                    piece.substring(2, piece.length() - 1),
                                    piece.charAt(piece.length() - 1));
                    case 'D' -> lineFeed();
                    case 'M' -> reverseLineFeed();
                    default -> {
                        // Character sets and the like: nothing that is seen.
                    }
                }
            }
            case '\r' -> x = 0;
            case '\n' -> lineFeed();
            case '\b' -> x = Math.max(0, x - 1);
            case '\t' -> x = Math.min(columns - 1, (x / 8 + 1) * 8);
            default -> {
                if (piece.charAt(0) >= ' ') {
                    print(piece);
                }
            }
        }
    }

    private void print(String character) {
        int width = WCWidth.wcwidth(character.codePointAt(0));
        if (width <= 0) {
            cells[y][Math.max(0, x - 1)] += character;
            return;
        }
        if (x + width > columns) {
            x = 0;
            lineFeed();
        }
        cells[y][x] = character;
        if (width == 2) {
            cells[y][x + 1] = "";
        }
        x += width;
    }

    private void lineFeed() {
        if (y != bottom) {
            y = Math.min(rows - 1, y + 1);
            return;
        }
        for (int row = top; row < bottom; row++) {
            cells[row] = cells[row + 1];
        }
        cells[bottom] = blank()[0];
    }

    private void reverseLineFeed() {
        if (y != top) {
            y = Math.max(0, y - 1);
            return;
        }
        for (int row = bottom; row > top; row--) {
            cells[row] = cells[row - 1];
        }
        cells[top] = blank()[0];
    }

    private void region(int first, int last) {
        top = Math.max(1, first) - 1;
        bottom = (last == 0 ? rows : last) - 1;
        x = 0;
        y = 0;
    }

    private void control(String parameters, char last) {
        int first = number(parameters, 0);
        switch (last) {
            case 'H', 'f' -> {
                y = Math.clamp(Math.max(1, first) - 1, 0, rows - 1);
                x = Math.clamp(Math.max(1, number(parameters, 1)) - 1, 0, columns - 1);
            }
            case 'A' -> y = Math.max(0, y - Math.max(1, first));
            case 'B' -> y = Math.min(rows - 1, y + Math.max(1, first));
            case 'C' -> x = Math.min(columns - 1, x + Math.max(1, first));
            case 'D' -> x = Math.max(0, x - Math.max(1, first));
            case 'G' -> x = Math.clamp(Math.max(1, first) - 1, 0, columns - 1);
            case 'J' -> eraseScreen(first);
            case 'K' -> eraseLine(first);
            case 'r' -> region(first, number(parameters, 1));
            case 'h', 'l' -> mode(parameters, last == 'h');
            case 'u', 'm' -> keyboard(parameters, last);
            default -> {
                // Colours, key and mouse reports, questions: nothing that is seen.
            }
        }
    }

    private static int number(String parameters, int index) {
        String[] parts = parameters.split(";");
        return index < parts.length && parts[index].matches("\\d+")
                ? Integer.parseInt(parts[index])
                : 0;
    }

    private void eraseScreen(int what) {
        eraseLine(what);
        for (int row = 0; row < rows; row++) {
            if (what >= 2 || (what == 0 ? row > y : row < y)) {
                Arrays.fill(cells[row], " ");
            }
        }
    }

    private void eraseLine(int what) {
        int from = what == 0 ? Math.min(x, columns) : 0;
        int to = what == 1 ? Math.min(columns, x + 1) : columns;
        Arrays.fill(cells[y], from, to, " ");
    }

    private void mode(String parameters, boolean on) {
        if (on) {
            modes.add(parameters);
        } else {
            modes.remove(parameters);
        }
        if (parameters.equals("?1049")) {
            cells = on ? blank() : main;
        }
    }

    /// Kitty's keyboard protocol is pushed and popped, xterm's is a number.
    private void keyboard(String parameters, char last) {
        if (last == 'u' && parameters.startsWith(">")) {
            modes.add("kitty");
        } else if (last == 'u' && parameters.startsWith("<")) {
            modes.remove("kitty");
        } else if (last == 'm' && parameters.startsWith(">4")) {
            if (parameters.endsWith(";0")) {
                modes.remove(">4");
            } else {
                modes.add(">4");
            }
        }
    }

    /// Modes that are on; `?25` is the cursor, `?1049` the alternate screen.
    Set<String> modes() {
        return Set.copyOf(modes);
    }

    String text() {
        StringBuilder out = new StringBuilder();
        for (String[] row : cells) {
            out.append(String.join("", row).stripTrailing()).append('\n');
        }
        return out.toString();
    }
}
