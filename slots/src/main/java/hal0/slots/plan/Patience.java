package hal0.slots.plan;

import hal0.providers.http.CancelToken;
import hal0.slots.error.SlotException;
import hal0.slots.error.SlotProblem;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// A request's wait at a gate, on its own thread.
///
/// **Shape** ends with a place, which the caller owns, or with an exception, and then nothing is
/// left at the gate. **Threads** one.
final class Patience {
    private final Gate gate;
    private final String slot;
    private final CancelToken cancel;
    private final Waiter waiter;

    private Patience(Gate gate, String slot, CancelToken cancel, Waiter waiter) {
        this.gate = gate;
        this.slot = slot;
        this.cancel = cancel;
        this.waiter = waiter;
    }

    static Place await(
            Gate gate, String slot, @Nullable String model, Duration patience, CancelToken cancel) {
        if (cancel.isCancelled()) {
            throw cancelled(slot, cancel); // who is gone must not start a load
        }
        Thread thread = Thread.currentThread();
        Waiter waiter = gate.join(model, patience, () -> LockSupport.unpark(thread));
        return new Patience(gate, slot, cancel, waiter).await();
    }

    private Place await() {
        Place place = null;
        try (var _ = cancel.onCancel(waiter::wake)) {
            place = answer();
        } finally {
            if (place == null) {
                goAway();
            }
        }
        if (cancel.isCancelled()) {
            place.close();
            throw cancelled(slot, cancel);
        }
        return place;
    }

    private Place answer() {
        while (true) {
            Place place = waiter.isAnswered() ? waiter.answer() : null;
            if (place != null) {
                return place;
            }
            if (Thread.currentThread().isInterrupted()) {
                cancel.cancel("the program is ending");
            }
            if (cancel.isCancelled()) {
                throw cancelled(slot, cancel);
            }
            Long left = gate.left(waiter);
            if (left != null && left <= 0) {
                SlotException told = gate.giveUp(waiter);
                if (told != null) {
                    throw told;
                }
            } else if (left != null) {
                LockSupport.parkNanos(gate, left);
            }
        }
    }

    /// Nothing may stay behind: neither the waiter, nor a place that it was given meanwhile.
    private void goAway() {
        if (!gate.leave(waiter)) {
            Place unused = waiter.granted();
            if (unused != null) {
                unused.close();
            }
        }
    }

    private static SlotException cancelled(String slot, CancelToken cancel) {
        return SlotException.of(
                SlotProblem.CANCELLED,
                "cancelled while it waited for slot \"%s\": %s".formatted(slot, cancel.reason()));
    }
}
