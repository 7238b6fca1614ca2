package hal0.providers.script;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// Ends a process that takes longer than it may: the time counts while it runs, not while it waits
/// for what it asked of this program.
///
/// **Shape** on a machine that is busy with other things the limit is one of the processor's time,
/// and twelve times as much of the clock's. **Threads** any; a thread of its own waits.
final class OwnTime implements AutoCloseable {
    /// Most calls are over by then; nothing is looked up for them.
    private static final long UNWATCHED = TimeUnit.MILLISECONDS.toNanos(20);

    private static final long LOOK = TimeUnit.MILLISECONDS.toNanos(20);
    private static final int PATIENCE = 12;

    private final Process process;
    private final long limit;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private boolean running = true;
    private long since = System.nanoTime();
    private long used;
    private boolean closed;
    private boolean exceeded;

    OwnTime(Process process, Duration limit) {
        this.process = process;
        this.limit = limit.toNanos();
        Thread.ofVirtual().name("script-limit").start(this::watch);
    }

    private void watch() {
        lock.lock();
        try {
            long busyBefore = -1;
            while (!closed) {
                long spent = used + (running ? System.nanoTime() - since : 0);
                if (!running) {
                    changed.await();
                } else if (spent < UNWATCHED) {
                    var _ = changed.awaitNanos(UNWATCHED - spent);
                } else if (busyBefore < 0) {
                    busyBefore = busy();
                } else if (spent < limit) {
                    var _ = changed.awaitNanos(limit - spent);
                } else if (spent >= PATIENCE * limit
                        || busy() - busyBefore >= limit - UNWATCHED - LOOK) {
                    exceeded = true;
                    process.destroyForcibly();
                    return;
                } else {
                    var _ = changed.awaitNanos(LOOK);
                }
            }
        } catch (InterruptedException e) {
            // Nobody interrupts this thread; without it there is no limit, so the process ends too.
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        } finally {
            lock.unlock();
        }
    }

    /// The processor's time that the process has had, as far as the system tells.
    private long busy() {
        return process.toHandle().info().totalCpuDuration().orElse(Duration.ZERO).toNanos();
    }

    void pause() {
        set(false);
    }

    void resume() {
        set(true);
    }

    private void set(boolean runs) {
        lock.lock();
        try {
            long now = System.nanoTime();
            if (running) {
                used += now - since;
            }
            since = now;
            running = runs;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    boolean isExceeded() {
        lock.lock();
        try {
            return exceeded;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
