package hal0.relay.log;

import hal0.providers.http.CancelToken;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/// The last 2000 lines that this run of hal0 logged, wherever else its log goes, and a place to
/// wait for the next.
///
/// **Shape** lines are put into words only when somebody reads them: of most nobody ever does.
/// **Threads** any; whoever adds never waits for who reads.
public final class LogBook implements AutoCloseable {
    /// How many lines are remembered.
    public static final int REMEMBERED = 2000;

    private static final int LONGEST = 8 * 1024;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition more = lock.newCondition();
    private final ArrayDeque<Kept> ring = new ArrayDeque<>();
    private long latest;
    private boolean closed;

    private record Kept(
            long id, Instant at, LogLine.Level level, String name, Supplier<String> words) {
        LogLine line() {
            String text = words.get();
            return new LogLine(
                    id,
                    at,
                    level,
                    name,
                    text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…");
        }
    }

    /// What a reader gets: lines, and the id up to which there are no others for it.
    public record Batch(List<LogLine> lines, long upTo) {
        public Batch {
            lines = List.copyOf(lines);
        }
    }

    /// `words` are asked for later, any number of times.
    public void add(Instant at, LogLine.Level level, String name, Supplier<String> words) {
        lock.lock();
        try {
            if (ring.size() == REMEMBERED) {
                ring.removeFirst();
            }
            latest++;
            ring.addLast(new Kept(latest, at, level, name, words));
            more.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// The last lines of at least that level, the oldest first.
    public Batch last(int count, LogLine.Level least) {
        return since(0, count, least);
    }

    /// The lines after that one, of at least that level; waits for `patience` at most until there
    /// is any line, whatever its level.
    ///
    /// **Errors** [InterruptedException] when the waiting thread is interrupted.
    public Batch after(long since, LogLine.Level least, Duration patience, CancelToken cancel)
            throws InterruptedException {
        try (var _ = cancel.onCancel(this::wake)) {
            long left = patience.toNanos();
            lock.lockInterruptibly();
            try {
                while (latest <= since && left > 0 && !closed && !cancel.isCancelled()) {
                    left = more.awaitNanos(left);
                }
            } finally {
                lock.unlock();
            }
            return since(since, REMEMBERED, least);
        }
    }

    private Batch since(long id, int count, LogLine.Level least) {
        List<Kept> kept;
        long upTo;
        lock.lock();
        try {
            upTo = latest;
            kept =
                    ring.stream()
                            .filter(k -> k.id() > id && k.level().compareTo(least) >= 0)
                            .toList();
        } finally {
            lock.unlock();
        }
        return new Batch(
                kept.stream().skip(Math.max(0, kept.size() - count)).map(Kept::line).toList(),
                upTo);
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

    /// Sends whoever waits away.
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
}
