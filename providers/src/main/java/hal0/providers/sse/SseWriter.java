package hal0.providers.sse;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Writes events so that [SseReader] reads the same ones.
///
/// **Shape** CR, LF and CRLF in data each start a new data line, so a reader sees LF for all three;
/// a line break in a name or an id would forge a field and is refused. Nothing is flushed.
/// **Threads** one.
public final class SseWriter {
    private static final byte[] EVENT = ascii("event: ");
    private static final byte[] DATA = ascii("data: ");
    private static final byte[] ID = ascii("id: ");
    private static final byte[] RETRY = ascii("retry: ");
    private static final byte[] COMMENT = ascii(": ");

    private final OutputStream out;

    public SseWriter(OutputStream out) {
        this.out = out;
    }

    public void write(SseFrame frame) throws IOException {
        field(EVENT, frame.event());
        field(ID, frame.id());
        if (frame.retryMillis() >= 0) {
            field(RETRY, Long.toString(frame.retryMillis()));
        }
        lines(DATA, frame.bytes(), frame.offset(), frame.offset() + frame.length());
        out.write('\n');
    }

    /// An event from bytes that are already there.
    public void write(@Nullable String event, byte[] data, int offset, int length)
            throws IOException {
        field(EVENT, event);
        lines(DATA, data, offset, offset + length);
        out.write('\n');
    }

    /// A line that readers skip; keeps idle connections open.
    public void comment(String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        lines(COMMENT, bytes, 0, bytes.length);
        out.write('\n');
    }

    private void field(byte[] name, @Nullable String value) throws IOException {
        if (value == null) {
            return;
        }
        if (value.indexOf('\n') >= 0 || value.indexOf('\r') >= 0 || value.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("a field of an event cannot hold a line break");
        }
        out.write(name);
        out.write(value.getBytes(StandardCharsets.UTF_8));
        out.write('\n');
    }

    private void lines(byte[] name, byte[] bytes, int from, int to) throws IOException {
        int start = from;
        for (int i = from; i < to; i++) {
            byte b = bytes[i];
            if (b == '\n' || b == '\r') {
                line(name, bytes, start, i);
                if (b == '\r' && i + 1 < to && bytes[i + 1] == '\n') {
                    i++;
                }
                start = i + 1;
            }
        }
        line(name, bytes, start, to);
    }

    private void line(byte[] name, byte[] bytes, int from, int to) throws IOException {
        out.write(name);
        out.write(bytes, from, to - from);
        out.write('\n');
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
