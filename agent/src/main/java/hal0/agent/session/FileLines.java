package hal0.agent.session;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/// The whole lines of a file, one after the other, in one buffer that is used again.
///
/// **Shape** a line is `buffer()` from `start()` to before `end()`, until the next call of `next`.
/// What stands behind the last newline is no line. **Threads** one.
final class FileLines {
    private static final int FIRST_SIZE = 1 << 16;

    private InputStream in;
    private byte[] buffer = new byte[FIRST_SIZE];
    private int start;
    private int end = -1;
    private int filled;
    private long before;
    private int number;
    private boolean ended;

    FileLines(InputStream in) {
        this.in = in;
    }

    /// Reads another file.
    void begin(InputStream other) {
        in = other;
        start = 0;
        end = -1;
        filled = 0;
        before = 0;
        number = 0;
        ended = false;
    }

    boolean next() throws IOException {
        start = end + 1;
        int from = start;
        while (true) {
            int newline = newline(buffer, from, filled);
            if (newline >= 0) {
                end = newline;
                number++;
                return true;
            }
            int known = filled - start;
            if (!more()) {
                end = start - 1;
                return false;
            }
            from = start + known;
        }
    }

    private static int newline(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            if (bytes[i] == '\n') {
                return i;
            }
        }
        return -1;
    }

    byte[] buffer() {
        return buffer;
    }

    int start() {
        return start;
    }

    int end() {
        return end;
    }

    /// **Units** from 1.
    int number() {
        return number;
    }

    /// How many bytes of the file stand before this line.
    long offset() {
        return before + start;
    }

    /// Whether nothing at all stands behind this line.
    boolean isLast() throws IOException {
        return end + 1 == filled && !more();
    }

    /// Reads on, and keeps what stands from `start` on; false at the end of the file.
    private boolean more() throws IOException {
        if (ended) {
            return false;
        }
        if (start > 0) {
            System.arraycopy(buffer, start, buffer, 0, filled - start);
            before += start;
            filled -= start;
            end -= start;
            start = 0;
        }
        if (filled == buffer.length) {
            buffer = Arrays.copyOf(buffer, buffer.length * 2);
        }
        int count = in.read(buffer, filled, buffer.length - filled);
        ended = count < 0;
        filled += Math.max(count, 0);
        return !ended;
    }
}
