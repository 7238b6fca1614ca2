package hal0.relay.event;

import hal0.providers.http.CancelToken;
import hal0.relay.event.Event.Severity;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The last 500 events of this run, and a place to wait for the next.
///
/// **Shape** listeners read from the ring at their own pace: one that is slower than the ring is
/// told how many it missed, and whoever emits never waits. `epoch` names the run: ids of another
/// one mean nothing here. **Threads** any.
public final class Events implements AutoCloseable {
    /// How many are remembered.
    public static final int REMEMBERED = 500;

    private final String epoch;
    private final InstantSource clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition more = lock.newCondition();
    private final ArrayDeque<Kept> ring = new ArrayDeque<>(REMEMBERED);
    private long latest;
    private boolean closed;

    /// Makes an event, as often as somebody reads it: of most nobody ever does.
    @FunctionalInterface
    interface Making {
        Event of(long id, Instant at);
    }

    private record Kept(long id, Instant at, Making making) {
        Event event() {
            return making.of(id, at);
        }
    }

    public Events(String epoch, InstantSource clock) {
        this.epoch = epoch;
        this.clock = clock;
    }

    /// What a listener gets: `missed` came before the first of `events` and is forgotten.
    public record Batch(long missed, List<Event> events) {
        public Batch {
            events = List.copyOf(events);
        }
    }

    public String epoch() {
        return epoch;
    }

    /// The id of the newest, 0 before the first.
    public long latest() {
        lock.lock();
        try {
            return latest;
        } finally {
            lock.unlock();
        }
    }

    /// Tells everybody who listens; returns at once.
    public void emit(
            String type,
            Severity severity,
            String source,
            String message,
            Map<String, ? extends @Nullable Object> data) {
        Map<String, @Nullable Object> kept = new LinkedHashMap<>(data);
        emit((id, at) -> new Event(id, at, type, severity, source, message, kept));
    }

    /// The same for what is put into words only when somebody reads it.
    void emit(Making making) {
        lock.lock();
        try {
            if (ring.size() == REMEMBERED) {
                ring.removeFirst();
            }
            latest++;
            ring.addLast(new Kept(latest, clock.instant(), making));
            more.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// What came after the event `since`; waits for it for as long as `patience`, or until that is
    /// cancelled, then nothing.
    ///
    /// **Errors** [InterruptedException] when the waiting thread is interrupted.
    public Batch after(long since, Duration patience, CancelToken cancel)
            throws InterruptedException {
        try (var _ = cancel.onCancel(this::wake)) {
            return after(since, patience.toNanos(), cancel);
        }
    }

    private Batch after(long since, long nanos, CancelToken cancel) throws InterruptedException {
        long left = nanos;
        lock.lockInterruptibly();
        try {
            while (latest <= since && left > 0 && !closed && !cancel.isCancelled()) {
                left = more.awaitNanos(left);
            }
            long first = latest - ring.size() + 1;
            long missed = Math.max(0, first - since - 1);
            return new Batch(
                    missed, ring.stream().filter(e -> e.id() > since).map(Kept::event).toList());
        } finally {
            lock.unlock();
        }
    }

    /// Sends whoever listens away, so that nothing waits for them.
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            more.signalAll();
        } finally {
            lock.unlock();
        }
    }

    public boolean isClosed() {
        lock.lock();
        try {
            return closed;
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
