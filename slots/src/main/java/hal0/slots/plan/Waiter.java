package hal0.slots.plan;

import hal0.slots.error.SlotException;
import org.jspecify.annotations.Nullable;

/// One request that waits at a gate.
///
/// **Shape** answered once, with a place or a refusal. `inLine` as long as the gate is open for its
/// model: then only its turn is missing, and its patience does not run. **Threads** guarded by the
/// gate's lock, but for `isAnswered`.
final class Waiter {
    private final @Nullable String model;
    private final long since;
    private final long patience;
    private final Runnable wake;
    private long clockFrom;
    private boolean inLine;
    private @Nullable Place place;
    private @Nullable SlotException refusal;
    private volatile boolean answered;

    Waiter(@Nullable String model, long since, long patience, Runnable wake) {
        this.model = model;
        this.since = since;
        this.patience = patience;
        this.wake = wake;
        this.clockFrom = since;
    }

    @Nullable String model() {
        return model;
    }

    long since() {
        return since;
    }

    boolean isInLine() {
        return inLine;
    }

    void lineUp() {
        inLine = true;
    }

    /// The gate was shut before its turn came: from now on it waits for a load again.
    void sendBack(long now) {
        inLine = false;
        clockFrom = now;
    }

    /// Nanoseconds until it loses patience.
    long left(long now) {
        return inLine ? Long.MAX_VALUE : patience - (now - clockFrom);
    }

    void grant(Place granted) {
        place = granted;
        answered = true;
    }

    void refuse(SlotException why) {
        refusal = why;
        answered = true;
    }

    boolean isAnswered() {
        return answered;
    }

    /// What it was given, null as long as it has no answer.
    ///
    /// **Errors** what it was refused with.
    @Nullable Place answer() {
        if (refusal != null) {
            // An exception of its own: a thousand threads must not share one.
            throw refusal.with(refusal.details());
        }
        return place;
    }

    @Nullable Place granted() {
        return place;
    }

    void wake() {
        wake.run();
    }
}
