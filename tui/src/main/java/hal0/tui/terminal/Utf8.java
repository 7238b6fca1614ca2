package hal0.tui.terminal;

import java.nio.charset.StandardCharsets;

/// Just enough of UTF-8 to cut a byte stream into characters.
final class Utf8 {
    private Utf8() {}

    /// Bytes of the character that `first` begins; 1 where it begins none.
    static int lengthOf(int first) {
        if (first >= 0xC2 && first <= 0xDF) {
            return 2;
        }
        if (first >= 0xE0 && first <= 0xEF) {
            return 3;
        }
        return first >= 0xF0 && first <= 0xF4 ? 4 : 1;
    }

    /// Whether everything after the first byte continues it.
    static boolean isWhole(byte[] bytes, int length) {
        return wellFormed(bytes, length) == length;
    }

    /// Bytes from the start that belong together.
    static int wellFormed(byte[] bytes, int length) {
        int at = 1;
        while (at < length && (bytes[at] & 0xC0) == 0x80) {
            at++;
        }
        return at;
    }

    static int decode(byte[] bytes, int offset, int count) {
        return new String(bytes, offset, count, StandardCharsets.UTF_8).codePointAt(0);
    }
}
