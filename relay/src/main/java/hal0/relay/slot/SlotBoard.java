package hal0.relay.slot;

import hal0.providers.ModelInfo;
import hal0.providers.Provider;
import hal0.providers.ProviderSource;
import hal0.providers.price.Price;
import hal0.relay.routing.LocalSlot;
import hal0.slots.SlotStatus;
import hal0.slots.Slots;
import hal0.slots.definition.SlotSpec;
import hal0.slots.definition.SlotSpec.Device;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The slots of a home as routing sees them, whether or not this process runs them.
///
/// **Shape** those that run tell of themselves; while nobody runs them here they are as their files
/// define them, and not loaded. Listeners hear of what matters to routing only: a slot that begins
/// or ends a request has not changed. **Threads** any; snapshots are immutable.
public final class SlotBoard implements ProviderSource {
    private static final Duration LONGEST_BEGIN = Duration.ofSeconds(20);

    private final Supplier<List<SlotSpec>> defined;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private final Map<String, SlotStatus> told = new ConcurrentHashMap<>();
    private final ReentrantLock refreshing = new ReentrantLock();
    private final List<Consumer<SlotStatus>> statusListeners = new CopyOnWriteArrayList<>();
    private volatile @Nullable CountDownLatch begun;
    private volatile @Nullable Slots running;
    private volatile @Nullable List<LocalSlot> slots;

    /// `defined` are the definitions that can be used, read anew at each call.
    public SlotBoard(Supplier<List<SlotSpec>> defined) {
        this.defined = defined;
    }

    /// The slots of this process; empty while it runs none.
    public Optional<Slots> running() {
        return Optional.ofNullable(running);
    }

    /// This process is about to run the slots: who asks meanwhile waits for that.
    public void expect() {
        begun = new CountDownLatch(1);
    }

    /// They run by now, or are not going to: who waited looks again.
    public void begun() {
        CountDownLatch beginning = begun;
        if (beginning != null) {
            beginning.countDown();
        }
    }

    /// The slots of this process, waited for while it is about to run them.
    public Optional<Slots> awaited() {
        CountDownLatch beginning = begun;
        if (running == null && beginning != null) {
            try {
                var _ = beginning.await(LONGEST_BEGIN.toSeconds(), TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        return running();
    }

    /// Calls `listener` with every slot that has changed in any way.
    public void listen(Consumer<SlotStatus> listener) {
        statusListeners.add(listener);
    }

    /// This process runs the slots now, until what is returned is closed.
    public Slots.Subscription run(Slots own) {
        running = own;
        begun();
        Slots.Subscription hearing = own.onChange(this::heard);
        refresh();
        return () -> {
            hearing.close();
            running = null;
            begun = null;
            told.clear();
            refresh();
        };
    }

    private void heard(SlotStatus now) {
        statusListeners.forEach(listener -> listener.accept(now));
        SlotStatus before = told.put(now.name(), now);
        boolean same =
                before != null
                        && now.state().isReady()
                        && before.state().isReady()
                        && Objects.equals(before.model(), now.model())
                        && Objects.equals(before.defaultModel(), now.defaultModel())
                        && before.aliases().equals(now.aliases())
                        && before.device() == now.device();
        if (!same) {
            refresh();
        }
    }

    /// Looks again at what there is, after the definitions have changed.
    public void refresh() {
        List<LocalSlot> now;
        boolean changed;
        // One after the other, or an older look could replace a newer one.
        refreshing.lock();
        try {
            now = look();
            changed = !now.equals(slots);
            slots = now;
        } finally {
            refreshing.unlock();
        }
        if (changed) {
            listeners.forEach(Runnable::run);
        }
    }

    /// In the order of their names.
    public List<LocalSlot> slots() {
        List<LocalSlot> known = slots;
        if (known == null) {
            refresh();
            known = slots;
        }
        return known == null ? List.of() : known;
    }

    private List<LocalSlot> look() {
        Map<String, SlotSpec> specs = new LinkedHashMap<>();
        defined.get().forEach(spec -> specs.put(spec.name(), spec));
        Slots own = running;
        if (own == null) {
            return specs.values().stream().map(SlotBoard::of).toList();
        }
        return own.all().stream().map(status -> of(status, specs.get(status.name()))).toList();
    }

    private static LocalSlot of(SlotSpec spec) {
        String model = spec.model().id();
        return new LocalSlot(
                spec.name(),
                spec.slot().aliases(),
                model == null ? List.of() : List.of(model),
                false,
                spec.slot().device() == Device.NPU,
                model == null ? List.of() : List.of(info(model, spec)));
    }

    /// What is loaded answers at once; the default model takes a load, another one a definition.
    private static LocalSlot of(SlotStatus status, @Nullable SlotSpec spec) {
        Set<String> known = new LinkedHashSet<>();
        if (status.model() != null) {
            known.add(status.model());
        }
        if (status.defaultModel() != null) {
            known.add(status.defaultModel());
        }
        List<ModelInfo> models = new ArrayList<>();
        known.forEach(id -> models.add(info(id, spec)));
        return new LocalSlot(
                status.name(),
                status.aliases(),
                known.stream().limit(1).toList(),
                status.state().isReady(),
                status.device() == Device.NPU,
                models);
    }

    private static ModelInfo info(String id, @Nullable SlotSpec spec) {
        Long context = spec == null ? null : Long.valueOf(spec.model().contextSize());
        return new ModelInfo(id, null, context, null, null, null, null, null, Price.UNKNOWN);
    }

    @Override
    public List<Provider> providers() {
        return slots().stream().map(LocalSlot::exact).toList();
    }

    @Override
    public Registration onChange(Runnable listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }
}
