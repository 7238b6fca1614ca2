package hal0.relay.dispatch;

import hal0.providers.http.CancelToken;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Waits in real time, woken by the token.
public final class TokenSleeper implements Attempts.Sleeper {
    @Override
    public void sleep(Duration duration, CancelToken cancel) {
        CountDownLatch woken = new CountDownLatch(1);
        try (var _ = cancel.onCancel(woken::countDown)) {
            boolean cancelled = woken.await(duration.toMillis(), TimeUnit.MILLISECONDS);
            assert !cancelled || cancel.isCancelled();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            cancel.cancel("the program is ending");
        }
    }
}
