package hal0.providers.sse;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Finds the events in bytes that are handed to it, however they are split.
///
/// **Shape** `feed` bytes, then `poll` until null; after `finish`, `poll` gives what was left
/// without its blank line. Each byte is looked at once; data are not copied while an event has one
/// data line. **Errors** [EventTooLargeException]. **Threads** one.
public final class SseParser {
    public static final int DEFAULT_LIMIT = 32 * 1024 * 1024;
    private static final int FIRST_BUFFER = 8 * 1024;

    private final int limit;
    private byte[] buffer = new byte[FIRST_BUFFER];
    // The event being read starts at `start`; up to `scan` no line end is missing; bytes end at
    // `end`.
    private int start;
    private int lineStart;
    private int scan;
    private int end;
    private boolean skipLf;
    private boolean firstLine = true;
    private boolean finished;

    // Data lines of the event as (offset from `start`, length), so that moving the buffer is free.
    private int[] dataLines = new int[8];
    private int dataCount;
    private byte[] joined = new byte[0];
    private @Nullable String event;
    private @Nullable String id;
    private long retryMillis = -1;
    private @Nullable String lastEvent;
    private @Nullable String lastId;

    public SseParser() {
        this(DEFAULT_LIMIT);
    }

    /// **Units** `limit` bytes of one event, field names included.
    public SseParser(int limit) {
        this.limit = limit;
    }

    public void feed(byte[] bytes, int offset, int length) {
        reserve(length);
        System.arraycopy(bytes, offset, buffer, end, length);
        end += length;
    }

    /// No more bytes will come.
    public void finish() {
        finished = true;
    }

    /// The `id` of the latest event that had one.
    public @Nullable String lastId() {
        return lastId;
    }

    /// The next event, or null when more bytes are needed.
    public @Nullable SseFrame poll() {
        while (scan < end) {
            byte b = buffer[scan];
            if (skipLf) {
                skipLf = false;
                if (b == '\n') {
                    scan++;
                    lineStart = scan;
                    forgetIfEmpty();
                    continue;
                }
            }
            int at = lineEnd();
            if ((at < 0 ? end : at) - start > limit) {
                throw new EventTooLargeException(limit);
            }
            if (at < 0) {
                break;
            }
            skipLf = buffer[at] == '\r';
            scan = at + 1;
            SseFrame frame = line(lineStart, at);
            lineStart = scan;
            if (frame != null) {
                start = scan;
                return frame;
            }
            forgetIfEmpty();
        }
        return finished ? rest() : null;
    }

    /// Lets `source` write into the buffer directly; false at its end.
    boolean fill(SseReader.Source source) {
        reserve(1);
        int read = source.read(buffer, end, buffer.length - end);
        if (read < 0) {
            finish();
            return false;
        }
        end += read;
        return true;
    }

    private int lineEnd() {
        byte[] bytes = buffer;
        int to = end;
        for (int i = scan; i < to; i++) {
            byte b = bytes[i];
            if (b == '\n' || b == '\r') {
                return i;
            }
        }
        scan = to;
        return -1;
    }

    /// A comment or an unknown field between events must not keep its bytes.
    private void forgetIfEmpty() {
        if (dataCount == 0) {
            start = scan;
        }
    }

    private @Nullable SseFrame line(int from, int to) {
        if (firstLine) {
            firstLine = false;
            if (to - from >= 3
                    && buffer[from] == (byte) 0xEF
                    && buffer[from + 1] == (byte) 0xBB
                    && buffer[from + 2] == (byte) 0xBF) {
                from += 3;
            }
        }
        if (from == to) {
            return dispatch(true);
        }
        int colon = from;
        while (colon < to && buffer[colon] != ':') {
            colon++;
        }
        int value = Math.min(colon + 1, to);
        if (value < to && buffer[value] == ' ') {
            value++;
        }
        field(from, colon - from, value, to - value);
        return null;
    }

    private void field(int name, int nameLength, int value, int length) {
        if (named(name, nameLength, "data")) {
            if (2 * dataCount == dataLines.length) {
                dataLines = Arrays.copyOf(dataLines, 2 * dataLines.length);
            }
            dataLines[2 * dataCount] = value - start;
            dataLines[2 * dataCount + 1] = length;
            dataCount++;
        } else if (named(name, nameLength, "event")) {
            // Streams repeat a handful of names: the last one is often right again.
            String last = lastEvent;
            event = last != null && named(value, length, last) ? last : text(value, length);
            lastEvent = event;
        } else if (named(name, nameLength, "id")) {
            String text = text(value, length);
            if (text.indexOf('\0') < 0) {
                id = text;
                lastId = text;
            }
        } else if (named(name, nameLength, "retry")) {
            long millis = digits(value, length);
            if (millis >= 0) {
                retryMillis = millis;
            }
        }
    }

    private boolean named(int at, int length, String word) {
        if (length != word.length()) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (buffer[at + i] != word.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private String text(int at, int length) {
        return new String(buffer, at, length, StandardCharsets.UTF_8);
    }

    private long digits(int at, int length) {
        if (length == 0 || length > 18) {
            return -1;
        }
        long number = 0;
        for (int i = at; i < at + length; i++) {
            if (buffer[i] < '0' || buffer[i] > '9') {
                return -1;
            }
            number = 10 * number + (buffer[i] - '0');
        }
        return number;
    }

    /// The event that a blank line ended; null when it has no data, as the standard says.
    private @Nullable SseFrame dispatch(boolean complete) {
        SseFrame frame = null;
        if (dataCount == 1) {
            frame =
                    new SseFrame(
                            event,
                            buffer,
                            start + dataLines[0],
                            dataLines[1],
                            id,
                            retryMillis,
                            complete);
        } else if (dataCount > 1) {
            int length = join();
            frame = new SseFrame(event, joined, 0, length, id, retryMillis, complete);
        }
        dataCount = 0;
        event = null;
        id = null;
        retryMillis = -1;
        return frame;
    }

    private int join() {
        int length = dataCount - 1;
        for (int i = 0; i < dataCount; i++) {
            length += dataLines[2 * i + 1];
        }
        if (joined.length < length) {
            joined = new byte[length];
        }
        int to = 0;
        for (int i = 0; i < dataCount; i++) {
            if (i > 0) {
                joined[to++] = '\n';
            }
            System.arraycopy(buffer, start + dataLines[2 * i], joined, to, dataLines[2 * i + 1]);
            to += dataLines[2 * i + 1];
        }
        return length;
    }

    /// What the end of the stream left open: a line without its end, an event without its blank
    /// line.
    private @Nullable SseFrame rest() {
        if (lineStart < end) {
            SseFrame frame = line(lineStart, end);
            lineStart = end;
            scan = end;
            if (frame != null) {
                return frame;
            }
        }
        SseFrame frame = dispatch(false);
        start = end;
        return frame;
    }

    /// Makes room for `length` more bytes: by moving what is still needed to the front, else by
    /// growing.
    private void reserve(int length) {
        if (start == end && scan == end) {
            start = 0;
            scan = 0;
            lineStart = 0;
            end = 0;
        }
        if (buffer.length - end >= length) {
            return;
        }
        int kept = end - start;
        byte[] target = buffer;
        if (buffer.length - kept < Math.max(length, buffer.length / 2)) {
            target = new byte[Math.max(2 * buffer.length, kept + length)];
        }
        System.arraycopy(buffer, start, target, 0, kept);
        buffer = target;
        lineStart -= start;
        scan -= start;
        end = kept;
        start = 0;
    }
}
