package hal0.slots.testing;

import hal0.providers.http.CancelToken;
import hal0.slots.definition.Launch;
import hal0.slots.definition.SlotSpec.RuntimeName;
import hal0.slots.error.SlotException;
import hal0.slots.error.SlotProblem;
import hal0.slots.runtime.LogLine;
import hal0.slots.runtime.PullProgress;
import hal0.slots.runtime.Running;
import hal0.slots.runtime.RuntimeEvent;
import hal0.slots.runtime.SlotRuntime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A runtime for tests whose containers are [FakeModel]s in this process: real ports, nothing else.
///
/// **Shape** `script` says what the next starts of a slot do. Like an engine it outlives those who
/// use it: `close` only ends their watching, `end` ends everything. **Threads** any.
public final class FakeSlotRuntime implements SlotRuntime {
    private final RuntimeName name;
    private final Map<String, StartScript> scripts = new ConcurrentHashMap<>();
    private final Map<String, Container> containers = new ConcurrentHashMap<>();
    private final List<Consumer<RuntimeEvent>> watchers = new CopyOnWriteArrayList<>();
    private final List<String> deeds = new CopyOnWriteArrayList<>();
    private final AtomicInteger ids = new AtomicInteger();
    private volatile @Nullable String lost;

    private record Container(Running running, FakeModel model, StartScript script) {}

    public FakeSlotRuntime(RuntimeName name) {
        this.name = name;
    }

    /// What starts of that slot do from now on.
    public StartScript script(String slot) {
        return scripts.computeIfAbsent(slot, _ -> new StartScript());
    }

    /// What was done, in order: `prepare chat`, `start chat qwen`, `stop chat`.
    public List<String> deeds() {
        return deeds;
    }

    public long starts(String slot) {
        return deeds.stream().filter(deed -> deed.startsWith("start " + slot + " ")).count();
    }

    /// The server that runs for that slot.
    public Optional<FakeModel> model(String slot) {
        return Optional.ofNullable(containers.get(slot)).map(Container::model);
    }

    /// Ends what runs for that slot as a crash would.
    public void crash(String slot, String why) {
        Container container = containers.remove(slot);
        if (container == null) {
            throw new IllegalStateException("nothing runs for " + slot);
        }
        container.model().close();
        tell(new RuntimeEvent.Ended(slot, container.running().id(), why));
    }

    /// Ends it without telling anybody.
    public void crashUnseen(String slot) {
        Container container = containers.remove(slot);
        if (container != null) {
            container.model().close();
        }
    }

    /// Something that runs for a slot though this process did not start it.
    public void plant(Running running, FakeModel model) {
        containers.put(running.slot(), new Container(running, model, script(running.slot())));
    }

    /// From now on nothing answers; what runs goes on running.
    public void loseEngine(String why) {
        lost = why;
        tell(new RuntimeEvent.EngineLost(name, why));
    }

    public void findEngine() {
        lost = null;
        tell(new RuntimeEvent.EngineFound(name));
    }

    private void tell(RuntimeEvent event) {
        watchers.forEach(watcher -> watcher.accept(event));
    }

    @Override
    public RuntimeName name() {
        return name;
    }

    @Override
    public void check() {
        String why = lost;
        if (why != null) {
            throw SlotException.of(
                    SlotProblem.RUNTIME_UNAVAILABLE, "%s: %s".formatted(name.word(), why));
        }
    }

    @Override
    public boolean isPrepared(Launch launch) {
        check();
        return script(launch.slot()).missing == null;
    }

    @Override
    public void prepare(Launch launch, Consumer<PullProgress> progress, CancelToken cancel) {
        check();
        StartScript script = script(launch.slot());
        String what = script.missing;
        if (what == null) {
            return;
        }
        deeds.add("prepare " + launch.slot());
        progress.accept(new PullProgress(what, 0, 1000));
        hold(script.pull, launch.slot(), cancel);
        progress.accept(new PullProgress(what, 1000, 1000));
        script.missing = null;
    }

    @Override
    public Running start(Launch launch, CancelToken cancel) {
        check();
        String slot = launch.slot();
        StartScript script = script(slot);
        Launch.Served served = launch.model();
        deeds.add("start %s %s".formatted(slot, served == null ? "" : served.id()));
        hold(script.start, slot, cancel);
        SlotException failure = script.failure;
        if (failure != null) {
            throw failure;
        }
        Container old = containers.remove(slot);
        if (old != null) {
            old.model().close();
        }
        FakeModel model =
                new FakeModel(served == null ? "" : served.id(), launch.port(), !script.loads);
        model.hanging(script.hangs);
        Running running =
                new Running(
                        slot,
                        name,
                        "fake-" + ids.incrementAndGet(),
                        served == null ? null : served.id(),
                        launch.fingerprint(),
                        model.endpoint(),
                        null,
                        true,
                        Instant.now(),
                        List.of());
        containers.put(slot, new Container(running, model, script));
        if (script.crashes) {
            crash(slot, "exit code 1");
        }
        return running;
    }

    @Override
    public List<Running> find() {
        check();
        return containers.values().stream().map(Container::running).toList();
    }

    @Override
    public void stop(Running running, Duration grace) {
        check();
        deeds.add("stop " + running.slot());
        Container container = containers.get(running.slot());
        if (container != null && container.running().id().equals(running.id())) {
            hold(container.script().stop, running.slot(), new CancelToken());
            containers.remove(running.slot(), container);
            container.model().close();
            tell(new RuntimeEvent.Ended(running.slot(), running.id(), "stopped"));
        }
    }

    private static void hold(@Nullable CountDownLatch latch, String slot, CancelToken cancel) {
        if (latch == null) {
            return;
        }
        CountDownLatch over = new CountDownLatch(1);
        Thread waiter =
                Thread.startVirtualThread(() -> {
                    try {
                        latch.await();
                    } catch (InterruptedException _) {
                        // Nobody waits for the latch any more.
                    }
                    over.countDown();
                });
        try (CancelToken.Registration _ = cancel.onCancel(over::countDown)) {
            over.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw SlotException.of(SlotProblem.CANCELLED, slot + ": interrupted");
        } finally {
            waiter.interrupt();
        }
        if (cancel.isCancelled()) {
            throw SlotException.of(SlotProblem.CANCELLED, slot + ": " + cancel.reason());
        }
    }

    @Override
    public Watching watch(Consumer<RuntimeEvent> listener) {
        watchers.add(listener);
        return () -> watchers.remove(listener);
    }

    @Override
    public void logs(
            Running running,
            int lines,
            boolean follow,
            Consumer<LogLine> sink,
            CancelToken cancel) {
        check();
        sink.accept(new LogLine(Instant.now(), false, "loaded " + running.model()));
        if (follow) {
            CountDownLatch over = new CountDownLatch(1);
            try (CancelToken.Registration _ = cancel.onCancel(over::countDown)) {
                over.await();
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public long memoryMb(Running running) {
        Container container = containers.get(running.slot());
        return container == null ? 0 : container.script().memoryMb;
    }

    @Override
    public void close() {
        // What it runs goes on running, as with an engine.
    }

    /// Ends everything that runs.
    public void end() {
        containers.values().forEach(container -> container.model().close());
        containers.clear();
    }
}
