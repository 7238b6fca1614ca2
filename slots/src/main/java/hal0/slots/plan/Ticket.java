package hal0.slots.plan;

import hal0.providers.http.CancelToken;
import hal0.slots.error.SlotException;
import hal0.slots.error.SlotProblem;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The operator's end of an order.
///
/// **Shape** ended once, well or with a failure; later ends change nothing. **Threads** any.
final class Ticket implements Order {
    private @Nullable SlotException failure;
    private boolean ended;

    /// Null for what went well.
    synchronized void end(@Nullable SlotException why) {
        if (!ended) {
            failure = why;
            ended = true;
            notifyAll();
        }
    }

    synchronized boolean isEnded() {
        return ended;
    }

    synchronized @Nullable SlotException failure() {
        return failure;
    }

    @Override
    public boolean await(Duration patience, CancelToken cancel) {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(patience.toMillis());
        try (var _ = cancel.onCancel(this::lookUp)) {
            waitFor(deadline, cancel);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            cancel.cancel("the program is ending");
        }
        SlotException why = failure();
        if (why != null) {
            throw why.with(why.details());
        }
        if (!isEnded() && cancel.isCancelled()) {
            throw SlotException.of(
                    SlotProblem.CANCELLED, "cancelled while it waited: " + cancel.reason());
        }
        return isEnded();
    }

    private synchronized void waitFor(long deadline, CancelToken cancel)
            throws InterruptedException {
        long left = deadline - System.nanoTime();
        while (!ended && !cancel.isCancelled() && left > 0) {
            TimeUnit.NANOSECONDS.timedWait(this, left);
            left = deadline - System.nanoTime();
        }
    }

    private synchronized void lookUp() {
        notifyAll();
    }
}
