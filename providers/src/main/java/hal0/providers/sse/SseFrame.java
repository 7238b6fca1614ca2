package hal0.providers.sse;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// One event of a stream.
///
/// **Shape** the data are `length` bytes of `bytes` from `offset`; several data lines are joined by
/// LF. A frame from a parser borrows the parser's buffer and is good until the parser is asked
/// again; `data()` copies. `event` is null where the stream names none; `retryMillis` is -1 where
/// absent; `complete` is false for a last event whose blank line never came.
public record SseFrame(
        @Nullable String event,
        byte[] bytes,
        int offset,
        int length,
        @Nullable String id,
        long retryMillis,
        boolean complete) {

    public static SseFrame of(@Nullable String event, String data) {
        byte[] bytes = data.getBytes(StandardCharsets.UTF_8);
        return new SseFrame(event, bytes, 0, bytes.length, null, -1, true);
    }

    /// The data as text; bytes that are not UTF-8 become U+FFFD.
    public String data() {
        return new String(bytes, offset, length, StandardCharsets.UTF_8);
    }

    /// Whether the data are exactly these ASCII characters.
    public boolean dataIs(String ascii) {
        if (ascii.length() != length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (bytes[offset + i] != ascii.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public String toString() {
        return "SseFrame[" + event + ", " + length + " bytes]";
    }
}
