package hal0.providers.http;

import hal0.providers.error.Clock;
import java.time.Duration;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// Connections that wait for another call to the same host and port, the last used first.
///
/// **Shape** one that the server has ended, or that waited too long, is not given. **Threads** any.
final class PlainPool implements AutoCloseable {
    private static final int MOST = 256;

    private final Map<String, Deque<PlainConnection>> idle = new ConcurrentHashMap<>();
    private final AtomicInteger count = new AtomicInteger();
    private final AtomicBoolean sweeping = new AtomicBoolean();
    private final Deadlines deadlines;
    private final Duration keep;
    private volatile boolean closed;

    PlainPool(Deadlines deadlines, Duration keep) {
        this.deadlines = deadlines;
        this.keep = keep;
    }

    @Nullable PlainConnection take(String origin) {
        Deque<PlainConnection> waiting = idle.get(origin);
        if (waiting == null) {
            return null;
        }
        for (PlainConnection next = waiting.pollFirst(); next != null; next = waiting.pollFirst()) {
            count.decrementAndGet();
            if (!isOld(next) && next.isQuiet()) {
                return next;
            }
            next.close();
        }
        return null;
    }

    void give(String origin, PlainConnection connection) {
        if (closed || count.incrementAndGet() > MOST) {
            count.decrementAndGet();
            connection.close();
            return;
        }
        connection.idleSince(System.nanoTime());
        idle.computeIfAbsent(origin, _ -> new ConcurrentLinkedDeque<>()).addFirst(connection);
        if (closed) {
            sweep();
        } else if (!sweeping.get() && sweeping.compareAndSet(false, true)) {
            sweepLater();
        }
    }

    private void sweepLater() {
        Deadlines.Timer[] timer = new Deadlines.Timer[1];
        timer[0] =
                deadlines.timer(() -> {
                    timer[0].close();
                    sweep();
                });
        timer[0].arm(Clock.IDLE, timer[0].in(keep));
    }

    private boolean isOld(PlainConnection connection) {
        return closed || System.nanoTime() - connection.idleSince() > keep.toNanos();
    }

    private void sweep() {
        for (Deque<PlainConnection> waiting : idle.values()) {
            for (PlainConnection oldest = waiting.peekLast();
                    oldest != null && isOld(oldest);
                    oldest = waiting.peekLast()) {
                // Else somebody has just taken it.
                if (waiting.removeLastOccurrence(oldest)) {
                    count.decrementAndGet();
                    oldest.close();
                }
            }
        }
        sweeping.set(false);
        if (count.get() > 0 && !closed && sweeping.compareAndSet(false, true)) {
            sweepLater();
        }
    }

    int size() {
        return count.get();
    }

    @Override
    public void close() {
        closed = true;
        sweep();
    }
}
