package hal0.providers.http;

import hal0.providers.error.Clock;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// Runs out the clocks of all calls on one thread.
///
/// **Shape** arming is a store of a time: the thread sleeps until the earliest deadline and is
/// woken only for an earlier one, so a stream that re-arms its clock at every read costs nothing
/// more. **Threads** any.
final class Deadlines implements AutoCloseable {
    private static final long NEVER = Long.MAX_VALUE;
    private static final long RAN_OUT = -1;

    private final long origin = System.nanoTime();
    private final Set<Timer> timers = ConcurrentHashMap.newKeySet();
    private final Thread thread;
    private volatile long wakeAt = NEVER;
    private volatile boolean closed;

    Deadlines() {
        thread = Thread.ofPlatform().daemon().name("upstream-clocks").unstarted(this::run);
        thread.start();
    }

    Timer timer(Runnable whenOut) {
        Timer timer = new Timer(whenOut);
        timers.add(timer);
        return timer;
    }

    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
    }

    private long now() {
        return System.nanoTime() - origin;
    }

    private void run() {
        while (!closed) {
            // While this looks around, any arming wakes it again: it may have looked there already.
            wakeAt = NEVER;
            long earliest = NEVER;
            long now = now();
            for (Timer timer : timers) {
                earliest = Math.min(earliest, timer.check(now));
            }
            wakeAt = earliest;
            if (earliest == NEVER) {
                LockSupport.park(this);
            } else {
                LockSupport.parkNanos(this, earliest - now());
            }
        }
    }

    /// The clock of one call; which of the four it is changes as the call goes on.
    final class Timer implements AutoCloseable {
        private final Runnable whenOut;
        private final AtomicLong deadline = new AtomicLong(NEVER);
        private volatile Clock clock = Clock.TOTAL;
        private volatile @Nullable Clock ranOut;

        private Timer(Runnable whenOut) {
            this.whenOut = whenOut;
        }

        /// A time to arm with later: `delay` from now, never for zero.
        long in(Duration delay) {
            return delay.isZero() ? NEVER : now() + delay.toNanos();
        }

        void arm(Clock which, long at) {
            clock = which;
            long before = deadline.get();
            if (before == RAN_OUT || !deadline.compareAndSet(before, at)) {
                return;
            }
            if (at < wakeAt) {
                LockSupport.unpark(thread);
            }
        }

        void disarm() {
            arm(clock, NEVER);
        }

        /// Which clock ran out, or null.
        @Nullable Clock ranOut() {
            return ranOut;
        }

        private long check(long now) {
            long at = deadline.get();
            if (at == RAN_OUT || at > now) {
                return at == RAN_OUT ? NEVER : at;
            }
            Clock which = clock;
            if (deadline.compareAndSet(at, RAN_OUT)) {
                ranOut = which;
                whenOut.run();
                return NEVER;
            }
            return now;
        }

        @Override
        public void close() {
            timers.remove(this);
        }
    }
}
