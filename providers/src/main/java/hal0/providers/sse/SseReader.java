package hal0.providers.sse;

import org.jspecify.annotations.Nullable;

/// Pulls events from a source that blocks until bytes are there.
///
/// **Errors** [EventTooLargeException], and whatever the source throws. **Threads** one.
public final class SseReader {

    /// Bytes as they come; an [hal0.providers.http.UpstreamResponse]'s `read` is one.
    @FunctionalInterface
    public interface Source {
        /// At least one byte read into `buffer`, or -1 at the end.
        int read(byte[] buffer, int offset, int length);
    }

    private final Source source;
    private final SseParser parser;
    private @Nullable SseFrame ahead;

    public SseReader(Source source) {
        this(source, SseParser.DEFAULT_LIMIT);
    }

    public SseReader(Source source, int limit) {
        this.source = source;
        this.parser = new SseParser(limit);
    }

    /// The next event, good until the next call; null at the end of the stream.
    public @Nullable SseFrame next() {
        while (true) {
            SseFrame frame = ahead == null ? parser.poll() : ahead;
            ahead = null;
            if (frame != null) {
                return frame;
            }
            if (!parser.fill(source)) {
                return parser.poll();
            }
        }
    }

    /// Whether [#next] has the next event, or why there is none, without waiting. The event before
    /// is no longer good.
    public boolean isReady() {
        try {
            if (ahead == null) {
                ahead = parser.poll();
            }
            return ahead != null;
        } catch (EventTooLargeException e) {
            // Whoever wants the event is told.
            return true;
        }
    }
}
