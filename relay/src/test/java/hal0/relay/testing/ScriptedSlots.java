package hal0.relay.testing;

import hal0.providers.Secret;
import hal0.providers.http.CancelToken;
import hal0.slots.GpuStatus;
import hal0.slots.Permit;
import hal0.slots.SlotStatus;
import hal0.slots.Slots;
import hal0.slots.Wish;
import hal0.slots.definition.Argument;
import hal0.slots.definition.Launch;
import hal0.slots.definition.SlotSpec;
import hal0.slots.definition.SlotSpec.Device;
import hal0.slots.definition.SlotSpec.RuntimeName;
import hal0.slots.error.SlotException;
import hal0.slots.error.SlotProblem;
import hal0.slots.lifecycle.StateName;
import hal0.slots.runtime.LogLine;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Slots that are what a test says they are: nothing is loaded and nothing is run.
///
/// **Threads** any.
public final class ScriptedSlots implements Slots {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Map<String, SlotStatus> slots = new TreeMap<>();
    private final List<Consumer<SlotStatus>> listeners = new CopyOnWriteArrayList<>();
    private final List<Wish> wishes = new CopyOnWriteArrayList<>();
    private final List<String> orders = new CopyOnWriteArrayList<>();
    private final AtomicInteger open = new AtomicInteger();
    private final AtomicInteger closedTwice = new AtomicInteger();
    private final AtomicInteger answered = new AtomicInteger();
    private volatile @Nullable SlotException refusal;
    private volatile @Nullable Secret key;

    /// A slot in that state, whose server is at `endpoint`.
    public ScriptedSlots with(String name, StateName state, @Nullable String model, URI endpoint) {
        put(
                new SlotStatus(
                        name,
                        SlotSpec.Type.LLM,
                        state,
                        state == StateName.OFFLINE ? null : model,
                        model,
                        List.of(name + "-alias"),
                        RuntimeName.PROCESS,
                        Device.CPU,
                        endpoint.getPort(),
                        endpoint,
                        true,
                        false,
                        0,
                        0,
                        Instant.EPOCH,
                        "",
                        Map.of()));
        return this;
    }

    /// From now on it is in that state with that model.
    public void becomes(String name, StateName state, @Nullable String model, String message) {
        SlotStatus was = find(name).orElseThrow();
        put(
                new SlotStatus(
                        name,
                        was.type(),
                        state,
                        model,
                        was.defaultModel(),
                        was.aliases(),
                        was.runtime(),
                        was.device(),
                        was.port(),
                        was.endpoint(),
                        was.enabled(),
                        was.pinned(),
                        was.inFlight(),
                        was.waiting(),
                        was.updatedAt().plusSeconds(1),
                        message,
                        was.extra()));
    }

    private void put(SlotStatus status) {
        lock.lock();
        try {
            slots.put(status.name(), status);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        listeners.forEach(listener -> listener.accept(status));
    }

    /// Whoever wants to enter is told this from now on; null for nothing.
    public void refuse(@Nullable SlotException why) {
        refusal = why;
    }

    /// What servers must be shown.
    public void key(String value) {
        key = new Secret(value);
    }

    /// What was wished for, in order.
    public List<Wish> wishes() {
        return wishes;
    }

    /// Returns once that many have been wished for.
    public void awaitWishes(int count) {
        long nanos = Duration.ofSeconds(20).toNanos();
        lock.lock();
        try {
            while (wishes.size() < count) {
                nanos = changed.awaitNanos(nanos);
                if (nanos <= 0) {
                    throw new AssertionError("expected %d wishes: %s".formatted(count, wishes));
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        } finally {
            lock.unlock();
        }
    }

    /// Orders such as `load chat qwen`.
    public List<String> orders() {
        return orders;
    }

    /// Permits that nobody has given back.
    public int openPermits() {
        return open.get();
    }

    public int permitsClosedTwice() {
        return closedTwice.get();
    }

    /// How often the slot was told of a sign of an answer.
    public int answered() {
        return answered.get();
    }

    @Override
    public List<SlotStatus> all() {
        lock.lock();
        try {
            return List.copyOf(slots.values());
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Optional<SlotStatus> find(String name) {
        lock.lock();
        try {
            return Optional.ofNullable(slots.get(name));
        } finally {
            lock.unlock();
        }
    }

    private SlotStatus one(String name) {
        return find(name)
                .orElseThrow(() ->
                        SlotException.of(
                                SlotProblem.NOT_FOUND, "there is no slot \"%s\"".formatted(name)));
    }

    @Override
    public Permit enter(Wish wish, CancelToken cancel) {
        wishes.add(wish);
        wake();
        SlotException why = refusal;
        if (why != null) {
            throw why;
        }
        SlotStatus up = awaited(wish, cancel);
        open.incrementAndGet();
        return new Permit() {
            private boolean closed;

            @Override
            public URI endpoint() {
                return up.endpoint();
            }

            @Override
            public @Nullable Secret key() {
                return key;
            }

            @Override
            public @Nullable String model() {
                return up.model();
            }

            @Override
            public void answered() {
                answered.incrementAndGet();
            }

            @Override
            public synchronized void close() {
                if (closed) {
                    closedTwice.incrementAndGet();
                } else {
                    closed = true;
                    open.decrementAndGet();
                }
            }
        };
    }

    private SlotStatus awaited(Wish wish, CancelToken cancel) {
        long nanos = wish.patience().toNanos();
        lock.lock();
        try (var _ = cancel.onCancel(this::wake)) {
            while (true) {
                SlotStatus now = one(wish.slot());
                if (now.state().isReady()) {
                    return now;
                }
                if (cancel.isCancelled()) {
                    throw SlotException.of(SlotProblem.CANCELLED, "cancelled");
                }
                if (nanos <= 0) {
                    throw SlotException.of(
                                    SlotProblem.LOADING,
                                    "the slot \"%s\" is loading".formatted(wish.slot()))
                            .after(Duration.ofSeconds(7));
                }
                nanos = changed.awaitNanos(nanos);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw SlotException.of(SlotProblem.CANCELLED, "interrupted");
        } finally {
            lock.unlock();
        }
    }

    private void wake() {
        lock.lock();
        try {
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private SlotStatus ordered(String what, String name, @Nullable String model) {
        SlotException why = refusal;
        SlotStatus now = one(name);
        if (why != null) {
            throw why;
        }
        orders.add(what + " " + name + (model == null ? "" : " " + model));
        return now;
    }

    @Override
    public SlotStatus load(String name, @Nullable String model) {
        return ordered("load", name, model);
    }

    @Override
    public SlotStatus unload(String name) {
        return ordered("unload", name, null);
    }

    @Override
    public SlotStatus restart(String name) {
        return ordered("restart", name, null);
    }

    @Override
    public SlotStatus swap(String name, String model) {
        return ordered("swap", name, model);
    }

    @Override
    public SlotStatus await(String name, Duration patience, CancelToken cancel) {
        orders.add("await " + name + " " + patience.toSeconds());
        return one(name);
    }

    @Override
    public Launch launch(String name) {
        SlotStatus now = one(name);
        return new Launch(
                name,
                now.type(),
                RuntimeName.PROCESS,
                null,
                List.of(
                        new Argument("llama-server", Argument.Source.SLOT, "slots/chat.toml:3"),
                        new Argument("--port", Argument.Source.BASE, "")),
                Map.of("HF_TOKEN", "hf_secret"),
                Device.CPU,
                0,
                8081,
                0,
                0,
                List.of(),
                "/health",
                null);
    }

    @Override
    public Optional<String> runningFingerprint(String name) {
        return one(name).state().isReady() ? Optional.of("0123456789abcdef") : Optional.empty();
    }

    @Override
    public void logs(
            String name, int lines, boolean follow, Consumer<LogLine> sink, CancelToken cancel) {
        var _ = one(name);
        sink.accept(new LogLine(Instant.EPOCH, false, "first"));
        sink.accept(new LogLine(null, true, "second"));
    }

    @Override
    public Subscription onChange(Consumer<SlotStatus> listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    @Override
    public GpuStatus gpu() {
        return new GpuStatus(
                List.of(),
                List.of(new GpuStatus.Share("chat", "memory", 512, true, "ready")),
                null,
                false,
                8000,
                6000);
    }

    @Override
    public GpuStatus gpuMode(String mode, boolean force, boolean pin) {
        orders.add("mode " + mode + " " + force + " " + pin);
        return gpu();
    }

    @Override
    public void reload() {
        orders.add("reload");
    }

    @Override
    public void close() {
        listeners.clear();
    }
}
