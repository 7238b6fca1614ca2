package hal0.relay.dispatch;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/// Lets time pass where a test measures it.
final class Clocks {
    private Clocks() {}

    /// Returns when that much of the clock has passed.
    static void pass(Duration duration) {
        long end = System.nanoTime() + duration.toNanos();
        while (System.nanoTime() < end) {
            LockSupport.parkNanos(end - System.nanoTime());
        }
    }
}
