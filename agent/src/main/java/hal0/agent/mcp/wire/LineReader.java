package hal0.agent.mcp.wire;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Lines of a stream as bytes, none longer than a limit.
///
/// **Threads** one.
final class LineReader {
    private final InputStream in;
    private final int limit;
    private final byte[] buffer = new byte[1 << 16];
    private int at;
    private int end;

    /// The line is longer than the limit.
    static final class TooLong extends IOException {
        private static final long serialVersionUID = 1;
    }

    LineReader(InputStream in, int limit) {
        this.in = in;
        this.limit = limit;
    }

    /// The next line without its end (LF or CRLF); null at the end of the stream.
    byte @Nullable [] next() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream(256);
        while (true) {
            if (at == end) {
                at = 0;
                end = Math.max(0, in.read(buffer));
                if (end == 0) {
                    return line.size() == 0 ? null : withoutReturn(line.toByteArray());
                }
            }
            int from = at;
            while (at < end && buffer[at] != '\n') {
                at++;
            }
            line.write(buffer, from, at - from);
            if (line.size() > limit) {
                throw new TooLong();
            }
            if (at < end) {
                at++;
                return withoutReturn(line.toByteArray());
            }
        }
    }

    private static byte[] withoutReturn(byte[] line) {
        int length = line.length;
        return length > 0 && line[length - 1] == '\r' ? Arrays.copyOf(line, length - 1) : line;
    }
}
