package hal0.relay.forward;

import hal0.providers.event.AnswerObserver;
import hal0.providers.sse.EventTooLargeException;
import hal0.providers.sse.SseFrame;
import hal0.providers.sse.SseParser;
import java.io.ByteArrayOutputStream;
import org.jspecify.annotations.Nullable;

/// Shows an observer the answer that passes by: events or one body, plain or gzip.
///
/// **Shape** a body is kept up to 8 MiB to be read at its end. Of a larger one, of a larger event
/// and of an encoding that cannot be looked into nothing is learned, and it counts as whole.
/// **Threads** one.
final class AnswerTap implements AutoCloseable {
    private static final int KEEP_AT_MOST = 8 * 1024 * 1024;

    private final AnswerObserver observer;
    private final boolean encoded;
    private final @Nullable GzipTap gzip;
    private final @Nullable SseParser events;
    private final ByteArrayOutputStream body = new ByteArrayOutputStream(0);
    private final EventTail tail = new EventTail();
    private boolean blind;

    AnswerTap(AnswerObserver observer, String encoding, boolean isEvents) {
        this.observer = observer;
        this.encoded = !encoding.isEmpty() && !encoding.equalsIgnoreCase("identity");
        this.gzip = encoding.equalsIgnoreCase("gzip") ? new GzipTap(this::decoded) : null;
        this.events = isEvents ? new SseParser() : null;
        this.blind = encoded && gzip == null;
    }

    AnswerObserver observer() {
        return observer;
    }

    boolean isEncoded() {
        return encoded;
    }

    boolean isBlind() {
        return blind || (gzip != null && gzip.isBlind());
    }

    /// Whether everything that went to the client so far was whole events; only asked of plain
    /// streams.
    boolean atBoundary() {
        return tail.atBoundary();
    }

    void accept(byte[] bytes, int offset, int length) {
        if (gzip != null) {
            gzip.accept(bytes, offset, length);
        } else if (!blind) {
            tail.take(bytes, offset, length);
            decoded(bytes, offset, length);
        }
    }

    /// Everything at once, in place of `accept` and `end`.
    void whole(byte[] bytes) {
        if (gzip == null && events == null && !blind) {
            observer.whole(bytes);
        } else {
            accept(bytes, 0, bytes.length);
            end();
        }
    }

    /// The answer is over.
    void end() {
        if (isBlind()) {
            return;
        }
        if (events != null) {
            events.finish();
            drain(events);
        } else {
            observer.whole(body.toByteArray());
        }
    }

    private void decoded(byte[] bytes, int offset, int length) {
        if (blind) {
            return;
        }
        if (events != null) {
            feed(events, bytes, offset, length);
        } else if (observer.takesPieces()) {
            observer.piece(bytes, offset, length);
        } else if (body.size() + (long) length <= KEEP_AT_MOST) {
            body.write(bytes, offset, length);
        } else {
            blind = true;
        }
    }

    private void feed(SseParser parser, byte[] bytes, int offset, int length) {
        parser.feed(bytes, offset, length);
        drain(parser);
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
