package hal0.cli.wiring;

import hal0.home.Home;
import hal0.home.Version;
import hal0.providers.http.AddressGuard;
import hal0.providers.http.HttpTransport;
import hal0.relay.slot.SlotBoard;
import hal0.slots.LocalSlots;
import hal0.slots.Slots;
import hal0.slots.definition.HomeDefinitions;
import hal0.slots.definition.SlotSpec.RuntimeName;
import hal0.slots.docker.DockerSlotRuntime;
import hal0.slots.engine.Engine;
import hal0.slots.error.ModelException;
import hal0.slots.hardware.Hardware;
import hal0.slots.hardware.MachineProbe;
import hal0.slots.lifecycle.SlotLoop.Clocks;
import hal0.slots.lifecycle.Workshop.Rhythm;
import hal0.slots.model.gguf.GgufModel;
import hal0.slots.model.gguf.MemoryEstimate;
import hal0.slots.plan.Arbiter;
import hal0.slots.process.ProcessSlotRuntime;
import hal0.slots.runtime.HomeMark;
import hal0.slots.runtime.SlotRuntime;
import hal0.slots.swarm.SwarmSlotRuntime;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The slots of a home, for as long as this process owns it.
///
/// **Shape** begun in the background, once the relay listens: who starts hal0 waits neither for
/// engines nor for what they run. **Threads** any.
final class SlotParts implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(SlotParts.class.getName());

    private final Configuration configuration;
    private final SlotBoard board;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable LocalSlots slots;
    private Slots.@Nullable Subscription running;
    private boolean closed;

    private SlotParts(Configuration configuration, SlotBoard board) {
        this.configuration = configuration;
        this.board = board;
    }

    /// Returns at once; `board` hears of the slots as soon as they are there.
    static SlotParts begin(Configuration configuration, SlotBoard board) {
        SlotParts parts = new SlotParts(configuration, board);
        configuration.onChange(parts::reload);
        Thread.ofVirtual().name("slots-begin").start(parts::open);
        return parts;
    }

    private void open() {
        lock.lock();
        try {
            if (!closed) {
                LocalSlots opened = LocalSlots.open(parts());
                slots = opened;
                running = board.run(opened);
            }
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, "the slots could not be begun", e);
        } finally {
            board.begun(); // whatever came of it: nobody need wait any longer

            lock.unlock();
        }
    }

    private void reload() {
        lock.lock();
        try {
            if (slots != null && !closed) {
                slots.reload();
            }
        } finally {
            lock.unlock();
        }
    }

    private LocalSlots.Parts parts() {
        Home home = configuration.home();
        HomeDefinitions definitions = configuration.slots().definitions();
        Map<String, String> environment = System.getenv();
        Hardware.Probe hardware = MachineProbe.cached(environment.getOrDefault("PATH", ""));
        return new LocalSlots.Parts(
                definitions,
                home.slotStatesFolder(),
                runtimes(home, environment),
                // Not that of providers: nothing of it is captured, marked or sent to a proxy.
                new HttpTransport(
                        Version.current(), new AddressGuard(Set.of()), _ -> Optional.empty()),
                hardware,
                SlotParts::estimate,
                lever -> Arbiter.open(lever, hardware, settings(definitions, home)),
                Clocks.SYSTEM,
                Rhythm.USUAL);
    }

    private static Arbiter.Settings settings(HomeDefinitions definitions, Home home) {
        return new Arbiter.Settings(
                definitions.settings().evictPressureMb(),
                definitions.gpu().exclusiveGroups(),
                definitions.gpu().idleRestore(),
                home.state().resolve("gpu.json"));
    }

    /// Each is made when a slot needs it: their libraries are large.
    static Map<RuntimeName, Supplier<SlotRuntime>> runtimes(
            Home home, Map<String, String> environment) {
        HomeMark mark = HomeMark.of(home.config());
        return Map.of(
                RuntimeName.PODMAN,
                () -> container(RuntimeName.PODMAN, mark, environment),
                RuntimeName.DOCKER,
                () -> container(RuntimeName.DOCKER, mark, environment),
                RuntimeName.PROCESS,
                () -> new ProcessSlotRuntime(home.slotStatesFolder(), mark, environment),
                RuntimeName.SWARM,
                () ->
                        new SwarmSlotRuntime(
                                Engine.of(RuntimeName.DOCKER, environment),
                                mark,
                                home.slotStatesFolder()));
    }

    private static SlotRuntime container(
            RuntimeName name, HomeMark mark, Map<String, String> environment) {
        return DockerSlotRuntime.on(Engine.of(name, environment), mark);
    }

    private static Optional<MemoryEstimate> estimate(Path file, long context, int gpuLayers) {
        if (!GgufModel.isNamed(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(MemoryEstimate.of(GgufModel.read(file), context, gpuLayers));
        } catch (ModelException e) {
            // Whether it can be loaded is for its server to say.
            LOG.log(System.Logger.Level.DEBUG, "{0}: {1}", file, e.getMessage());
            return Optional.empty();
        }
    }

    /// Ends the care for slots; what runs goes on running, and who waits is told.
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            if (slots != null) {
                slots.close();
            }
            if (running != null) {
                running.close();
            }
        } finally {
            lock.unlock();
        }
    }
}
