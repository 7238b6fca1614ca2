package hal0.relay.forward;

import hal0.providers.event.AnswerObserver;
import hal0.providers.sse.EventTooLargeException;
import hal0.providers.sse.SseFrame;
import hal0.providers.sse.SseParser;
import java.io.ByteArrayOutputStream;
import org.jspecify.annotations.Nullable;

/// Shows an observer the answer that passes by, whatever its form: events or one body, plain or
/// gzip.
///
/// **Shape** a body is kept up to 8 MiB to be read at its end; of a larger one nothing is learned.
/// An encoding that cannot be looked into is passed on unseen and counts as whole. **Threads** one.
final class AnswerTap implements AutoCloseable {
    private static final int KEEP_AT_MOST = 8 * 1024 * 1024;

    private final AnswerObserver observer;
    private final boolean encoded;
    private final @Nullable SseParser events;
    private final @Nullable ByteArrayOutputStream body;
    private final @Nullable GzipTap gzip;
    private final EventScanner boundaries = new EventScanner();
    private boolean blind;

    AnswerTap(AnswerObserver observer, String encoding, boolean isEvents) {
        this.observer = observer;
        this.encoded = !encoding.isEmpty() && !encoding.equalsIgnoreCase("identity");
        this.events = isEvents ? new SseParser() : null;
        this.body = isEvents ? null : new ByteArrayOutputStream(4096);
        this.gzip = encoding.equalsIgnoreCase("gzip") ? new GzipTap(this::decoded) : null;
        this.blind = encoded && gzip == null;
    }

    AnswerObserver observer() {
        return observer;
    }

    boolean isEncoded() {
        return encoded;
    }

    /// Nothing can be said of an answer that could not be looked into.
    boolean isComplete() {
        return blind || observer.isComplete();
    }

    /// Whether everything so far was whole events.
    boolean atBoundary() {
        return boundaries.atBoundary();
    }

    void accept(byte[] bytes, int offset, int length) {
        if (gzip != null) {
            gzip.accept(bytes, offset, length);
        } else if (!blind) {
            decoded(bytes, offset, length);
        }
    }

    /// The answer is over.
    void end() {
        if (blind) {
            return;
        }
        if (events != null) {
            events.finish();
            drain(events);
        } else if (body != null) {
            observer.whole(body.toByteArray());
        }
    }

    private void decoded(byte[] bytes, int offset, int length) {
        if (events != null) {
            int from = offset;
            int end = offset + length;
            while (from >= 0 && from < end) {
                from = boundaries.next(bytes, from, end);
            }
            events.feed(bytes, offset, length);
            drain(events);
        } else if (body != null && body.size() + length <= KEEP_AT_MOST) {
            body.write(bytes, offset, length);
        } else {
            blind = true;
        }
    }

    private void drain(SseParser parser) {
        try {
            for (SseFrame frame = parser.poll(); frame != null; frame = parser.poll()) {
                observer.frame(frame);
            }
        } catch (EventTooLargeException e) {
            // Too large to be looked into is no fault of the answer: it is the client's to judge.
            blind = true;
        }
    }

    @Override
    public void close() {
        if (gzip != null) {
            gzip.close();
        }
    }
}
