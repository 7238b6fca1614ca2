package hal0.slots.model.pull;

import hal0.providers.http.CancelToken;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Waits between two tries.
interface Pause {
    void of(Duration duration, CancelToken cancel);

    /// In real time, woken by the token.
    static void real(Duration duration, CancelToken cancel) {
        CountDownLatch woken = new CountDownLatch(1);
        try (var _ = cancel.onCancel(woken::countDown)) {
            var _ = woken.await(duration.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            cancel.cancel("the program is ending");
        }
    }
}
