package hal0.slots.hardware;

import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// What another probe found, for a second; where that took two or more, because a tool hangs, for
/// half a minute: one that cannot even be killed is not started again every second.
///
/// **Threads** any; who comes while it looks gets what it finds.
final class CachedProbe implements Hardware.Probe {
    private static final long GOOD_NANOS = Duration.ofSeconds(1).toNanos();
    private static final long SLOW_NANOS = Duration.ofSeconds(2).toNanos();
    private static final long GOOD_AFTER_SLOW_NANOS = Duration.ofSeconds(30).toNanos();

    private final Hardware.Probe probe;
    private final LongSupplier nanos;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable Hardware last;
    private long lastNanos;
    private long goodNanos;

    CachedProbe(Hardware.Probe probe, LongSupplier nanos) {
        this.probe = probe;
        this.nanos = nanos;
    }

    @Override
    public Hardware look() {
        lock.lock();
        try {
            Hardware known = last;
            if (known != null && nanos.getAsLong() - lastNanos < goodNanos) {
                return known;
            }
            long begun = nanos.getAsLong();
            Hardware found = probe.look();
            last = found;
            lastNanos = nanos.getAsLong();
            goodNanos = lastNanos - begun < SLOW_NANOS ? GOOD_NANOS : GOOD_AFTER_SLOW_NANOS;
            return found;
        } finally {
            lock.unlock();
        }
    }
}
