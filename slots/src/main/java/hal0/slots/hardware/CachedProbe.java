package hal0.slots.hardware;

import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// What another probe found, for a second.
///
/// **Threads** any; who comes while it looks gets what it finds.
final class CachedProbe implements Hardware.Probe {
    private static final long GOOD_NANOS = Duration.ofSeconds(1).toNanos();

    private final Hardware.Probe probe;
    private final LongSupplier nanos;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable Hardware last;
    private long lastNanos;

    CachedProbe(Hardware.Probe probe, LongSupplier nanos) {
        this.probe = probe;
        this.nanos = nanos;
    }

    @Override
    public Hardware look() {
        lock.lock();
        try {
            Hardware known = last;
            if (known != null && nanos.getAsLong() - lastNanos < GOOD_NANOS) {
                return known;
            }
            Hardware found = probe.look();
            last = found;
            lastNanos = nanos.getAsLong();
            return found;
        } finally {
            lock.unlock();
        }
    }
}
