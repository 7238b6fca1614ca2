package hal0.relay.control;

import static java.lang.System.Logger.Level.WARNING;

import hal0.home.config.ConfigException;
import hal0.slots.SlotStatus;
import hal0.slots.Slots;
import hal0.slots.Slots.Subscription;
import hal0.slots.error.SlotException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Makes the model of a swap the one of its slot's file, as soon as it answers and not before: a
/// name that no server knows would else stand there for every later load.
///
/// **Shape** of several swaps of a slot the last one counts. **Threads** any; the file is written
/// on a thread of its own.
final class LastingSwap {
    private static final System.Logger LOG = System.getLogger("hal0.relay.control");

    private final SlotDefinitions definitions;
    private final Map<String, Watch> watches = new ConcurrentHashMap<>();

    LastingSwap(SlotDefinitions definitions) {
        this.definitions = definitions;
    }

    /// Orders the swap and keeps its model once that is up.
    SlotStatus of(Slots slots, String name, String model) {
        forget(name);
        Watch watch = new Watch(slots, name, model);
        watches.put(name, watch);
        watch.listen();
        boolean ordered = false;
        try {
            SlotStatus now = slots.swap(name, model);
            ordered = true;
            // It may have been up with that model all the time.
            slots.find(name).ifPresent(watch::changed);
            return now;
        } finally {
            if (!ordered) {
                forget(name);
            }
        }
    }

    /// What was under way for that slot is not to last any more.
    void forget(String name) {
        @Nullable Watch before = watches.remove(name);
        if (before != null) {
            before.end();
        }
    }

    /// Returns when the file says what the slot has come up with.
    void settle(String name) {
        @Nullable Watch watch = watches.get(name);
        if (watch != null) {
            watch.settle();
        }
    }

    private final class Watch {
        private final CountDownLatch kept = new CountDownLatch(1);
        private final AtomicBoolean taken = new AtomicBoolean();
        private final Slots slots;
        private final String name;
        private final String model;
        private final AtomicReference<@Nullable Subscription> subscription =
                new AtomicReference<>();

        Watch(Slots slots, String name, String model) {
            this.slots = slots;
            this.name = name;
            this.model = model;
        }

        void listen() {
            subscription.set(slots.onChange(this::changed));
        }

        void end() {
            Subscription own = subscription.getAndSet(null);
            if (own != null) {
                own.close();
            }
        }

        /// A load that fails is watched on: the next one may find what was missing.
        void changed(SlotStatus status) {
            if (status.name().equals(name)
                    && status.state().isReady()
                    && model.equals(status.model())
                    && watches.get(name) == this
                    && taken.compareAndSet(false, true)) {
                end();
                boolean said = model.equals(status.defaultModel());
                Thread.ofVirtual().name("slot-swap-" + name).start(() -> keep(said));
            }
        }

        void settle() {
            slots.find(name).ifPresent(this::changed);
            if (!taken.get()) {
                return;
            }
            try {
                kept.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        private void keep(boolean said) {
            try {
                if (said) {
                    return;
                }
                definitions.change(name, Map.of("model.default", model));
                slots.reload();
            } catch (ControlException | SlotException | ConfigException e) {
                LOG.log(
                        WARNING,
                        "slot {0}: {1} is loaded, but will not be the next time: {2}",
                        name,
                        model,
                        e.getMessage());
            } finally {
                watches.remove(name, this);
                kept.countDown();
            }
        }
    }
}
