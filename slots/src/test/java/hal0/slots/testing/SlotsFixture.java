package hal0.slots.testing;

import hal0.providers.http.AddressGuard;
import hal0.providers.http.CancelToken;
import hal0.providers.http.HttpTransport;
import hal0.slots.LocalSlots;
import hal0.slots.Permit;
import hal0.slots.SlotStatus;
import hal0.slots.Wish;
import hal0.slots.definition.SlotSpec.RuntimeName;
import hal0.slots.hardware.Hardware;
import hal0.slots.lifecycle.SlotLoop.Clocks;
import hal0.slots.lifecycle.StateName;
import hal0.slots.lifecycle.Workshop.Rhythm;
import hal0.slots.plan.Arbiter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// The slots of a home in a folder, over a runtime that runs nothing; opened again as often as a
/// relay is restarted.
///
/// **Threads** one.
public final class SlotsFixture implements AutoCloseable {
    /// Health is asked often, so that tests need not wait.
    public static final Rhythm FAST =
            new Rhythm(
                    Duration.ofMillis(50),
                    Duration.ofMillis(10),
                    Duration.ofSeconds(5),
                    Duration.ofMillis(200));

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Path states;
    private final FakeDefinitions definitions;
    private final FakeSlotRuntime runtime = new FakeSlotRuntime(RuntimeName.PODMAN);
    private final HttpTransport transport =
            new HttpTransport("test", new AddressGuard(Set.of()), _ -> Optional.empty());
    private volatile Hardware hardware =
            new Hardware("cpu", 2, 64_000, 60_000, List.of(), List.of(), List.of());
    private @Nullable LocalSlots slots;

    public SlotsFixture(Path home) {
        this.states = home.resolve("state/slots");
        this.definitions = new FakeDefinitions(home.resolve("slots"));
    }

    public FakeDefinitions definitions() {
        return definitions;
    }

    public FakeSlotRuntime runtime() {
        return runtime;
    }

    public Path states() {
        return states;
    }

    public SlotsFixture hardware(Hardware now) {
        hardware = now;
        return this;
    }

    /// As when a relay starts; the one before must be closed, or is taken to have been killed.
    public LocalSlots open() {
        LocalSlots opened =
                LocalSlots.open(
                        new LocalSlots.Parts(
                                definitions,
                                states,
                                Map.of(RuntimeName.PODMAN, () -> runtime),
                                transport,
                                () -> hardware,
                                (_, _, _) -> Optional.empty(),
                                lever ->
                                        Arbiter.open(
                                                lever,
                                                () -> hardware,
                                                new Arbiter.Settings(
                                                        0,
                                                        false,
                                                        Duration.ofMinutes(60),
                                                        states.resolveSibling("gpu.json"))),
                                Clocks.SYSTEM,
                                FAST));
        slots = opened;
        return opened;
    }

    public LocalSlots slots() {
        LocalSlots opened = slots;
        return opened == null ? open() : opened;
    }

    public SlotStatus status(String slot) {
        return slots().find(slot).orElseThrow();
    }

    /// Enters and fails the test when that takes too long.
    public Permit enter(String slot, @Nullable String model) {
        return slots().enter(new Wish(slot, model, PATIENCE), new CancelToken());
    }

    public void untilIs(String slot, StateName state) {
        until(() -> slots().find(slot).filter(s -> s.state() == state).isPresent());
    }

    /// Waits for a condition; fails with what all slots are then.
    public void until(BooleanSupplier condition) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - end > 0) {
                throw new AssertionError("in vain: " + slots().all() + " " + runtime.deeds());
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        }
    }

    @Override
    public void close() {
        if (slots != null) {
            slots.close();
        }
        runtime.end();
        transport.close();
    }
}
