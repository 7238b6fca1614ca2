package hal0.bench;

import hal0.providers.http.CancelToken;
import hal0.slots.definition.SlotSpec;
import hal0.slots.error.SlotException;
import hal0.slots.hardware.Hardware;
import hal0.slots.plan.Arbiter;
import hal0.slots.plan.Lever;
import hal0.slots.plan.Need;
import hal0.slots.plan.Place;
import hal0.slots.plan.Pool;
import hal0.slots.plan.Target;
import hal0.slots.plan.Terms;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Threads;

/// What it costs a request to enter a slot that is up, and to leave it again.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class EnterSlot {
    private final CancelToken cancel = new CancelToken();
    private Arbiter arbiter;

    @Setup
    public void up() {
        arbiter =
                Arbiter.open(
                        new Still(),
                        () -> new Hardware("", 0, 0, 0, List.of(), List.of(), List.of()),
                        new Arbiter.Settings(0, false, Duration.ZERO, Path.of("unused")));
        arbiter.define(
                new Terms(
                        "chat",
                        SlotSpec.Type.LLM,
                        SlotSpec.Device.CPU,
                        8,
                        100,
                        false,
                        true,
                        Duration.ofMinutes(2)));
        arbiter.up("chat", new Target("qwen3-4b", URI.create("http://127.0.0.1:8081"), null));
        arbiter.enter("chat", "qwen3-4b", Duration.ofSeconds(10), cancel).close();
    }

    @TearDown
    public void close() {
        arbiter.close();
    }

    /// The only request: with each the slot turns busy, and quiet again.
    @Benchmark
    public Target alone() {
        try (Place place = arbiter.enter("chat", "qwen3-4b", Duration.ofSeconds(10), cancel)) {
            return place.target();
        }
    }

    /// Two at a time, beside each other.
    @Benchmark
    @Threads(2)
    public Target beside() {
        return alone();
    }

    /// Slots that nothing happens to.
    private static final class Still implements Lever {
        @Override
        public void check(String slot, String model) {}

        @Override
        public Need need(String slot, String model) {
            return new Need(new Pool.Memory(), 0);
        }

        @Override
        public void load(String slot, String model) {}

        @Override
        public void unload(String slot, String why) {}

        @Override
        public void serving(String slot, boolean busy) {}

        @Override
        public void refused(String slot, SlotException why) {}
    }
}
