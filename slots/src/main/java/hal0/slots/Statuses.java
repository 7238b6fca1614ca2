package hal0.slots;

import hal0.slots.definition.Definition;
import hal0.slots.definition.SlotSpec;
import hal0.slots.definition.SlotSpec.RuntimeName;
import hal0.slots.lifecycle.SavedState;
import hal0.slots.lifecycle.StateName;
import hal0.slots.plan.Arbiter;
import hal0.slots.runtime.Running;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/// Shows slots as they are, and tells of their changes.
///
/// **Threads** any; listeners are called on whatever thread the change happens on.
final class Statuses {
    private static final System.Logger LOG = System.getLogger(Statuses.class.getName());

    private final Arbiter arbiter;
    private final List<Consumer<SlotStatus>> listeners = new CopyOnWriteArrayList<>();

    Statuses(Arbiter arbiter) {
        this.arbiter = arbiter;
    }

    SlotStatus of(Keeper keeper) {
        Definition definition = keeper.definition();
        SlotSpec spec = definition.spec();
        // Before its loop has begun, what an earlier process wrote is all that is known.
        boolean known = keeper.isBegun();
        SavedState saved = known ? keeper.loop().saved() : keeper.earlier();
        Running running = keeper.loop().running();
        URI endpoint = running == null ? null : running.endpoint();
        String message = known ? saved.message() : "what runs is being looked for";
        if (!keeper.note().isEmpty()) {
            message = keeper.note();
        }
        return new SlotStatus(
                keeper.slot(),
                spec.slot().type(),
                known ? saved.state() : unsure(saved.state()),
                saved.modelId(),
                spec.model().id(),
                spec.slot().aliases(),
                runtime(definition, saved),
                spec.slot().device(),
                saved.port() == null ? spec.slot().port() : saved.port(),
                endpoint,
                spec.slot().enabled(),
                spec.slot().pinned(),
                arbiter.inFlight(keeper.slot()),
                arbiter.waiting(keeper.slot()),
                saved.updatedAt(),
                message,
                saved.extra());
    }

    /// Nobody has seen it answer in this process yet.
    private static StateName unsure(StateName written) {
        return written.isReady() ? StateName.WARMING : written;
    }

    /// What runs it, which may be another one than it is to have next.
    private static RuntimeName runtime(Definition definition, SavedState saved) {
        return Arrays.stream(RuntimeName.values())
                .filter(name -> name.word().equals(saved.runtime()))
                .findFirst()
                .orElse(definition.runtime());
    }

    Slots.Subscription onChange(Consumer<SlotStatus> listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    /// A fault of a listener is its own.
    void tell(Keeper keeper) {
        if (listeners.isEmpty()) {
            return;
        }
        SlotStatus status = of(keeper);
        for (Consumer<SlotStatus> listener : listeners) {
            try {
                listener.accept(status);
            } catch (RuntimeException e) {
                LOG.log(
                        System.Logger.Level.ERROR,
                        "a listener failed over slot " + keeper.slot(),
                        e);
            }
        }
    }
}
