package hal0.tui.terminal;

import static java.nio.charset.StandardCharsets.UTF_8;

import hal0.tui.text.Cells;

/// What was typed while the terminal still edited and echoed lines by itself, before the program
/// could tell it not to.
record EarlyKeys(byte[] bytes) {

    /// The keys that these bytes are: the line discipline turned Enter into a line feed.
    byte[] typed() {
        byte[] keys = bytes.clone();
        for (int i = 0; i < keys.length; i++) {
            keys[i] = keys[i] == '\n' ? (byte) '\r' : keys[i];
        }
        return keys;
    }

    /// Takes their echo away, which ends at the cursor.
    ///
    /// **Units** cells of a line of the terminal.
    String erasure(int columns) {
        int up = -1;
        for (String line : new String(bytes, UTF_8).split("\n", -1)) {
            up += 1 + Math.max(0, shown(line) - 1) / Math.max(1, columns);
        }
        return "\r" + (up > 0 ? "\u001b[" + up + "A" : "") + "\u001b[J";
    }

    /// Control characters are echoed as `^X`.
    private static int shown(String line) {
        int controls = (int) line.chars().filter(c -> c < ' ' || c == 0x7f).count();
        return Cells.width(line.replaceAll("\\p{Cntrl}", "")) + 2 * controls;
    }
}
