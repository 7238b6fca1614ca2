package hal0.slots.plan;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Who was told to ask again later: the wish stays, and what was loaded for it waits for it a
/// while.
///
/// **Threads** guarded by the gate's lock.
final class Promises {
    private static final long GRACE = Duration.ofSeconds(5).toNanos();
    private static final long MAX_HOLD = Duration.ofSeconds(30).toNanos();

    private record Promise(long since, long due) {}

    private final Map<@Nullable String, Promise> byModel = new HashMap<>();
    private long heldUntil;
    private boolean held;

    void promise(@Nullable String model, long since, long due) {
        byModel.merge(
                model,
                new Promise(since, due),
                (known, now) ->
                        new Promise(
                                known.since - now.since < 0 ? known.since : now.since,
                                known.due - now.due > 0 ? known.due : now.due));
    }

    List<Demand> demands(long now) {
        byModel.values().removeIf(promise -> now - promise.due > MAX_HOLD);
        List<Demand> demands = new ArrayList<>(byModel.size());
        byModel.forEach((model, promise) -> demands.add(new Demand(model, 0, promise.since)));
        return demands;
    }

    /// What they wait for is there now: it is kept for them until they had time to come.
    void keep(Target target, long now) {
        held = false;
        byModel.entrySet()
                .removeIf(entry -> {
                    boolean kept = target.serves(entry.getKey());
                    if (kept) {
                        hold(entry.getValue().due + GRACE, now);
                    }
                    return kept;
                });
    }

    private void hold(long until, long now) {
        long bounded = now + Math.clamp(until - now, GRACE, MAX_HOLD);
        heldUntil = held && heldUntil - bounded > 0 ? heldUntil : bounded;
        held = true;
    }

    /// Nanoseconds for which the slot is kept for who was promised it, 0 for nobody.
    long heldFor(long now) {
        if (held && heldUntil - now <= 0) {
            held = false;
        }
        return held ? heldUntil - now : 0;
    }

    void forget(Predicate<@Nullable String> models) {
        byModel.keySet().removeIf(models);
    }
}
