package hal0.slots.lifecycle;

import hal0.providers.http.CancelToken;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Waiting that can be given up.
final class Pause {
    private Pause() {}

    /// False when it was given up before the time was over.
    static boolean of(Duration time, CancelToken cancel) {
        CountDownLatch over = new CountDownLatch(1);
        try (CancelToken.Registration _ = cancel.onCancel(over::countDown)) {
            return !over.await(time.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
