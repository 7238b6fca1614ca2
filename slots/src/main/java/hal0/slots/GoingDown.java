package hal0.slots;

import hal0.providers.http.CancelToken;
import hal0.slots.error.SlotException;
import hal0.slots.error.SlotProblem;
import hal0.slots.lifecycle.SlotState;
import hal0.slots.plan.Order;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// A slot that had failed is going down: nothing of it is left to be arbitrated.
record GoingDown(Keeper keeper, Statuses statuses) implements Order {

    private boolean isDone() {
        return !(keeper.loop().state() instanceof SlotState.Broken);
    }

    @Override
    public boolean await(Duration patience, CancelToken cancel) {
        CountDownLatch over = new CountDownLatch(1);
        try (Slots.Subscription _ = statuses.onChange(_ -> wakeIfDone(over));
                CancelToken.Registration _ = cancel.onCancel(over::countDown)) {
            wakeIfDone(over);
            var _ = over.await(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        if (cancel.isCancelled()) {
            throw SlotException.of(
                    SlotProblem.CANCELLED, "nobody waits any more: " + cancel.reason());
        }
        return isDone();
    }

    private void wakeIfDone(CountDownLatch over) {
        if (isDone()) {
            over.countDown();
        }
    }
}
