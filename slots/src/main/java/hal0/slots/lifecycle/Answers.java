package hal0.slots.lifecycle;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;

/// What the requests at one slot came to, as far as it tells whether its server is alive.
///
/// **Threads** any.
public final class Answers {
    private final LongSupplier nanos;
    private final Duration patience;
    private final AtomicReference<Silence> silence = new AtomicReference<>(Silence.NONE);
    private final AtomicLong begun = new AtomicLong();
    private final AtomicLong inside = new AtomicLong();

    /// **Units** whoever leaves before `patience` is over tells nothing about the server.
    Answers(LongSupplier nanos, Duration patience) {
        this.nanos = nanos;
        this.patience = patience;
    }

    /// A request begins.
    public Asked asked() {
        begun.incrementAndGet();
        inside.incrementAndGet();
        return new Asked(nanos.getAsLong());
    }

    /// One request: `answered` at the first sign of an answer, `close` when it ends, whichever way.
    public final class Asked implements AutoCloseable {
        private final long since;
        private final AtomicBoolean closed = new AtomicBoolean();
        private volatile boolean answered;

        private Asked(long since) {
            this.since = since;
        }

        public void answered() {
            if (!answered) {
                answered = true;
                heard();
            }
        }

        /// Closing it again changes nothing.
        @Override
        public void close() {
            if (!closed.compareAndSet(false, true)) {
                return;
            }
            inside.decrementAndGet();
            if (!answered) {
                Duration waited = Duration.ofNanos(nanos.getAsLong() - since);
                silence.updateAndGet(now -> now.left(waited, patience));
            }
        }
    }

    /// It has given a sign, or it is another server from now on.
    void heard() {
        if (!silence.get().equals(Silence.NONE)) {
            silence.set(Silence.NONE);
        }
    }

    Silence silence() {
        return silence.get();
    }

    void unanswered(Duration waited) {
        silence.updateAndGet(now -> now.unanswered(waited));
    }

    /// Requests that have begun so far.
    long begun() {
        return begun.get();
    }

    boolean isQuiet() {
        return inside.get() == 0;
    }
}
