package hal0.relay.mcp.protocol;

import hal0.providers.http.CancelToken;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// What is said to a client on one of its streams: kept for a while, so that one that lost its
/// connection can come back for the rest.
///
/// **Shape** messages count up from 1. Of many the oldest are forgotten, the last one never, so
/// that a client that does not listen costs no more than a megabyte. One listens at a time: who
/// comes later takes over. **Threads** any; `after` blocks.
final class MessageStream {
    private static final int MOST = 256;
    private static final long LONGEST = 1 << 20;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition more = lock.newCondition();
    private final ArrayDeque<Message> kept = new ArrayDeque<>();
    private long keptLength;
    private long latest;
    private long delivered;
    private int listener;
    private boolean ended;

    /// One message as it goes over the wire; `answer` is the last one of a request.
    record Message(long number, String json, boolean answer) {}

    /// **Shape** `over` when nothing follows for this listener: the stream has ended, or somebody
    /// else listens now.
    record Batch(List<Message> messages, boolean over) {}

    void add(String json, boolean answer) {
        lock.lock();
        try {
            if (ended) {
                return;
            }
            latest++;
            kept.addLast(new Message(latest, json, answer));
            keptLength += json.length();
            while (kept.size() > 1 && (kept.size() > MOST || keptLength > LONGEST)) {
                keptLength -= kept.removeFirst().json().length();
            }
            ended |= answer;
            more.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// Nothing follows.
    void end() {
        lock.lock();
        try {
            ended = true;
            more.signalAll();
        } finally {
            lock.unlock();
        }
    }

    boolean isEnded() {
        lock.lock();
        try {
            return ended;
        } finally {
            lock.unlock();
        }
    }

    /// Sends whoever listens away; the stream goes on.
    void letGo() {
        var _ = listen();
    }

    /// Begins to listen, and ends that of others; what is given back is asked for with `after`.
    int listen() {
        lock.lock();
        try {
            listener++;
            more.signalAll();
            return listener;
        } finally {
            lock.unlock();
        }
    }

    /// The number of the last message that went out to somebody.
    long delivered() {
        lock.lock();
        try {
            return delivered;
        } finally {
            lock.unlock();
        }
    }

    /// What came after that message; waits for it for as long as `patience`.
    ///
    /// **Errors** [InterruptedException] when the waiting thread is interrupted.
    Batch after(int who, long number, Duration patience, CancelToken cancel)
            throws InterruptedException {
        try (var _ = cancel.onCancel(this::wake)) {
            return after(who, number, patience.toNanos(), cancel);
        }
    }

    private Batch after(int who, long number, long nanos, CancelToken cancel)
            throws InterruptedException {
        long left = nanos;
        lock.lockInterruptibly();
        try {
            while (latest <= number
                    && left > 0
                    && !ended
                    && who == listener
                    && !cancel.isCancelled()) {
                left = more.awaitNanos(left);
            }
            if (who != listener) {
                return new Batch(List.of(), true);
            }
            delivered = Math.max(delivered, latest);
            return new Batch(kept.stream().filter(m -> m.number() > number).toList(), ended);
        } finally {
            lock.unlock();
        }
    }

    private void wake() {
        lock.lock();
        try {
            more.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
