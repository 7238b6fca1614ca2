package hal0.relay.forward;

import hal0.providers.dialect.AnswerObserver;
import org.jspecify.annotations.Nullable;

/// Shows an observer the answer that passes by, plain or gzip.
///
/// **Shape** an encoding that cannot be looked into is passed on unseen and counts as whole.
/// **Threads** one.
final class AnswerTap implements AutoCloseable {
    private final AnswerObserver observer;
    private final boolean encoded;
    private final boolean blind;
    private final @Nullable GzipTap gzip;
    private final EventScanner boundaries = new EventScanner();

    AnswerTap(AnswerObserver observer, String encoding) {
        this.observer = observer;
        this.encoded = !encoding.isEmpty() && !encoding.equalsIgnoreCase("identity");
        this.gzip = encoding.equalsIgnoreCase("gzip") ? new GzipTap(observer::bytes) : null;
        this.blind = encoded && gzip == null;
    }

    AnswerObserver observer() {
        return observer;
    }

    boolean isEncoded() {
        return encoded;
    }

    boolean isBlind() {
        return blind;
    }

    /// Whether everything that went to the client so far was whole events; only asked of plain
    /// streams.
    boolean atBoundary() {
        return boundaries.atBoundary();
    }

    void accept(byte[] bytes, int offset, int length) {
        if (gzip != null) {
            gzip.accept(bytes, offset, length);
        } else if (!blind) {
            observer.bytes(bytes, offset, length);
            boundaries.skip(bytes, offset, offset + length);
        }
    }

    /// The answer is over.
    void end() {
        if (!blind) {
            observer.end();
        }
    }

    @Override
    public void close() {
        if (gzip != null) {
            gzip.close();
        }
    }
}
