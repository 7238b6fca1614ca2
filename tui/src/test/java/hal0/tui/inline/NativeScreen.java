package hal0.tui.inline;

import hal0.tui.terminal.Size;
import hal0.tui.text.Cells;
import hal0.tui.text.Graphemes;
import java.util.ArrayList;
import java.util.List;

/// A normal screen with its scrollback, which obeys what is written relative to the cursor and
/// throws on everything else.
///
/// **Shape** one that rewraps breaks lines at a new width and joins what it broke; one that does
/// not cuts them.
final class NativeScreen {
    /// `goesOn` when the next line belongs to it.
    private record Line(StringBuilder text, boolean goesOn) {
        static Line blank() {
            return new Line(new StringBuilder(), false);
        }
    }

    private final boolean rewraps;
    private final List<Line> lines = new ArrayList<>();
    private Size size;
    private int top;
    private int y;
    private int x;

    NativeScreen(Size size, boolean rewraps) {
        this.size = size;
        this.rewraps = rewraps;
        fill();
    }

    private void fill() {
        while (lines.size() < top + size.rows()) {
            lines.add(Line.blank());
        }
    }

    void write(String text) {
        int at = 0;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == 0x1b) {
                at = escape(text, at);
            } else if (c == '\r') {
                x = 0;
                at++;
            } else if (c == '\n') {
                lineFeed();
                at++;
            } else {
                int end = Graphemes.next(text, at);
                print(text.substring(at, end));
                at = end;
            }
        }
    }

    private void lineFeed() {
        if (y == size.rows() - 1) {
            top++;
            fill();
        } else {
            y++;
        }
    }

    private Line line() {
        return lines.get(top + y);
    }

    private void print(String cluster) {
        int width = Cells.width(cluster);
        if (width != 1 || x >= size.columns()) {
            throw new IllegalStateException("%s at column %d".formatted(cluster, x));
        }
        StringBuilder text = line().text();
        while (text.length() <= x) {
            text.append(' ');
        }
        text.setCharAt(x, cluster.charAt(0));
        x++;
    }

    private int escape(String text, int from) {
        int end = from + 2;
        while (text.charAt(end) < 0x40) {
            end++;
        }
        String body = text.substring(from + 2, end);
        int count = body.matches("\\d+") ? Integer.parseInt(body) : 1;
        switch (text.charAt(end)) {
            case 'A' -> y = Math.max(0, y - count);
            case 'B' -> y = Math.min(size.rows() - 1, y + count);
            case 'C' -> x = Math.min(size.columns() - 1, x + count);
            case 'G' -> x = count - 1;
            case 'K' -> line().text().setLength(Math.min(line().text().length(), x));
            case 'J' -> {
                line().text().setLength(Math.min(line().text().length(), x));
                for (int row = top + y + 1; row < lines.size(); row++) {
                    lines.set(row, Line.blank());
                }
            }
            case 'm', 'h', 'l' -> {
                // Looks and modes.
            }
            default -> throw new IllegalStateException("ESC[" + body + text.charAt(end));
        }
        return end + 1;
    }

    void resize(Size other) {
        if (rewraps) {
            rewrap(other.columns());
        } else {
            for (Line line : lines) {
                line.text().setLength(Math.min(line.text().length(), other.columns()));
            }
        }
        int cursor = top + y;
        size = other;
        x = Math.min(x, size.columns() - 1);
        while (lines.size() > cursor + 1 && lines.getLast().text().isEmpty()) {
            lines.removeLast();
        }
        top = Math.max(0, Math.min(top, cursor));
        top = Math.max(top, lines.size() - size.rows());
        y = cursor - top;
        fill();
    }

    private void rewrap(int columns) {
        List<Line> broken = new ArrayList<>();
        int cursorLine = 0;
        int at = 0;
        while (at < lines.size()) {
            StringBuilder whole = new StringBuilder();
            int cursor = -1;
            boolean goesOn = true;
            while (goesOn) {
                if (at == top + y) {
                    cursor = whole.length() + x;
                }
                whole.append(lines.get(at).text());
                goesOn = lines.get(at).goesOn();
                at++;
            }
            if (cursor >= 0) {
                cursorLine = broken.size() + cursor / columns;
                x = cursor % columns;
            }
            int from = 0;
            int end = Math.max(whole.length(), cursor < 0 ? 0 : cursor);
            do {
                int to = Math.min(whole.length(), from + columns);
                String part = from < to ? whole.substring(from, to) : "";
                broken.add(new Line(new StringBuilder(part), from + columns < end));
                from += columns;
            } while (from < end);
        }
        int screenTop = Math.max(0, cursorLine - y);
        lines.clear();
        lines.addAll(broken);
        top = screenTop;
        y = cursorLine - top;
    }

    /// Scrollback and screen.
    String all() {
        StringBuilder out = new StringBuilder();
        lines.forEach(line -> out.append(line.text().toString().stripTrailing()).append('\n'));
        return out.toString();
    }

    /// Where the cursor stands: the line and what is before it.
    String beforeCursor() {
        String text = line().text().toString();
        return text.substring(0, Math.min(x, text.length()));
    }
}
