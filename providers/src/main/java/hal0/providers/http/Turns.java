package hal0.providers.http;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// A number of turns, given in the order in which they were asked for.
///
/// **Shape** every turn that was taken is given back once. A turn goes from hand to hand: nobody
/// who comes later overtakes who waits. **Threads** any.
final class Turns {
    private final int limit;
    private final Deque<Waiter> queue = new ArrayDeque<>();
    private int free;

    enum Outcome {
        TAKEN,
        CANCELLED,
        TOO_LATE
    }

    private static final class Waiter {
        private final CountDownLatch woken = new CountDownLatch(1);
        private boolean granted;
    }

    Turns(int limit) {
        this.limit = limit;
        this.free = limit;
    }

    int limit() {
        return limit;
    }

    /// Waits for a turn; no patience is as long as it takes.
    Outcome await(Duration patience, CancelToken cancel) {
        Waiter waiter = new Waiter();
        synchronized (this) {
            if (free > 0) {
                free--;
                return Outcome.TAKEN;
            }
            queue.add(waiter);
        }
        try (var _ = cancel.onCancel(waiter.woken::countDown)) {
            sleep(waiter, patience);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            cancel.cancel("the program is ending");
        }
        return settle(waiter, cancel);
    }

    private static void sleep(Waiter waiter, Duration patience) throws InterruptedException {
        if (patience.isZero()) {
            waiter.woken.await();
        } else {
            boolean woken = waiter.woken.await(patience.toMillis(), TimeUnit.MILLISECONDS);
            // Who was not woken finds out in settle, where it cannot be granted any more.
            assert woken || patience.isPositive();
        }
    }

    private Outcome settle(Waiter waiter, CancelToken cancel) {
        boolean cancelled = cancel.isCancelled();
        synchronized (this) {
            if (!waiter.granted) {
                queue.remove(waiter);
                return cancelled ? Outcome.CANCELLED : Outcome.TOO_LATE;
            }
        }
        if (cancelled) {
            giveBack();
            return Outcome.CANCELLED;
        }
        return Outcome.TAKEN;
    }

    synchronized void giveBack() {
        Waiter next = queue.poll();
        if (next == null) {
            free++;
        } else {
            next.granted = true;
            next.woken.countDown();
        }
    }
}
