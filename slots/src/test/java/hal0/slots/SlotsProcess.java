package hal0.slots;

import hal0.providers.http.AddressGuard;
import hal0.providers.http.CancelToken;
import hal0.providers.http.HttpTransport;
import hal0.slots.definition.Definitions.PortRange;
import hal0.slots.definition.GpuSettings;
import hal0.slots.definition.HomeDefinitions;
import hal0.slots.definition.SlotSpec.RuntimeName;
import hal0.slots.definition.SlotsSettings;
import hal0.slots.docker.DockerSlotRuntime;
import hal0.slots.engine.Engine;
import hal0.slots.hardware.Hardware;
import hal0.slots.lifecycle.SlotLoop.Clocks;
import hal0.slots.lifecycle.StateName;
import hal0.slots.lifecycle.Workshop.Rhythm;
import hal0.slots.plan.Arbiter;
import hal0.slots.process.ProcessSlotRuntime;
import hal0.slots.runtime.HomeMark;
import hal0.slots.runtime.Running;
import hal0.slots.runtime.SlotRuntime;
import hal0.slots.testing.TestEngines;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// A process of its own for [KilledAtEachMoveTest]: it takes care of the slots of the home in its
/// first argument, leads the slot `chat` through its states, and ends as if killed when it has
/// moved as often as its second argument says: the move is written then, and nothing of what
/// follows from it has begun. The third is the runtime, the fourth the model to swap to, the fifth
/// the first of its ports.
final class SlotsProcess {
    static final String MOVES = "moves.txt";
    static final int PORTS = 20;
    private static final Duration LONG = Duration.ofSeconds(40);

    private SlotsProcess() {}

    public static void main(String[] args) {
        Path home = Path.of(args[0]);
        int last = Integer.parseInt(args[1]);
        RuntimeName engine = RuntimeName.valueOf(args[2]);
        LocalSlots slots = open(home, engine, Integer.parseInt(args[4]));
        Moves moves = new Moves(home.resolve(MOVES), last);
        var _ = slots.onChange(status -> moves.moved(status.state()));
        slots.load("chat", null);
        slots.await("chat", LONG, new CancelToken());
        try (Permit _ = slots.enter(new Wish("chat", null, LONG), new CancelToken())) {
            until(() -> is(slots, StateName.SERVING));
        }
        until(() -> is(slots, StateName.READY));
        slots.swap("chat", args[3]);
        slots.await("chat", LONG, new CancelToken());
        Object id = id(slots);
        killServer(home, engine);
        until(() -> isReadyAnew(slots.find("chat").orElseThrow(), id));
        slots.unload("chat");
        slots.await("chat", LONG, new CancelToken());
        until(() -> is(slots, StateName.OFFLINE));
        slots.close();
    }

    private static boolean is(LocalSlots slots, StateName state) {
        return slots.find("chat").orElseThrow().state() == state;
    }

    private static Object id(LocalSlots slots) {
        return slots.find("chat").orElseThrow().extra().getOrDefault("id", "");
    }

    /// Both are asked of one status: between two of them the server may be found dead, which has no
    /// id.
    private static boolean isReadyAnew(SlotStatus status, Object before) {
        return status.state() == StateName.READY
                && !before.equals(status.extra().getOrDefault("id", before));
    }

    /// As the kernel does it when memory runs out.
    private static void killServer(Path home, RuntimeName engine) {
        try (SlotRuntime looking = runtime(home, engine)) {
            looking.find().stream()
                    .filter(Running::alive)
                    .flatMap(running -> running.pids().stream())
                    .forEach(
                            pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly));
        }
    }

    private static void until(BooleanSupplier condition) {
        long end = System.nanoTime() + LONG.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - end > 0) {
                throw new AssertionError("in vain");
            }
            LockSupport.parkNanos(1_000_000);
        }
    }

    private static final class Moves {
        private final Path file;
        private final int last;
        private StateName now = StateName.OFFLINE;
        private int count;

        Moves(Path file, int last) {
            this.file = file;
            this.last = last;
        }

        /// Called on the slot's loop, between the writing of a move and its effects.
        synchronized void moved(StateName state) {
            if (state == now) {
                return;
            }
            now = state;
            count++;
            try {
                Files.writeString(
                        file, state + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            if (count == last) {
                Runtime.getRuntime().halt(9);
            }
        }
    }

    /// The slots of that home, over what runs them; homes that are led at the same time have ports
    /// of their own.
    static LocalSlots open(Path home, RuntimeName engine, int firstPort) {
        Hardware hardware = new Hardware("cpu", 2, 64_000, 60_000, List.of(), List.of(), List.of());
        return open(home, engine, firstPort, () -> runtime(home, engine), () -> hardware);
    }

    static LocalSlots open(
            Path home,
            RuntimeName engine,
            int firstPort,
            Supplier<SlotRuntime> runtime,
            Hardware.Probe hardware) {
        SlotsSettings usual = SlotsSettings.USUAL;
        HomeDefinitions definitions = new HomeDefinitions(home);
        definitions.reload(
                new HomeDefinitions.Surroundings(
                        new SlotsSettings(
                                usual.runtime(),
                                new PortRange(firstPort, firstPort + PORTS - 1),
                                usual.idleTimeout(),
                                usual.unloadAfter(),
                                0,
                                LONG,
                                LONG,
                                100),
                        GpuSettings.USUAL,
                        List.of(),
                        home.resolve("models")));
        Path states = home.resolve("state/slots");
        return LocalSlots.open(
                new LocalSlots.Parts(
                        definitions,
                        states,
                        Map.of(engine, runtime),
                        new HttpTransport(
                                "test", new AddressGuard(Set.of()), _ -> Optional.empty()),
                        hardware,
                        (_, _, _) -> Optional.empty(),
                        lever ->
                                Arbiter.open(
                                        lever,
                                        hardware,
                                        new Arbiter.Settings(
                                                0,
                                                false,
                                                Duration.ofHours(1),
                                                home.resolve("state/gpu.json"))),
                        Clocks.SYSTEM,
                        Rhythm.USUAL));
    }

    static SlotRuntime runtime(Path home, RuntimeName engine) {
        return engine == RuntimeName.PROCESS
                ? new ProcessSlotRuntime(
                        home.resolve("state/slots"),
                        HomeMark.of(home),
                        Map.of("PATH", System.getenv("PATH")))
                : DockerSlotRuntime.on(
                        Engine.at(engine, TestEngines.address(engine)), HomeMark.of(home));
    }
}
