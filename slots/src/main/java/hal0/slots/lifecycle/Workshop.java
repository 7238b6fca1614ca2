package hal0.slots.lifecycle;

import hal0.slots.definition.Launch;
import hal0.slots.definition.SlotSpec.RuntimeName;
import hal0.slots.runtime.Running;
import hal0.slots.runtime.SlotRuntime;
import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What all slots are brought up with.
///
/// **Shape** `runtimes` gives what is meant by a name other than AUTO. **Threads** any.
public record Workshop(
        Function<RuntimeName, SlotRuntime> runtimes,
        Resolver resolver,
        Prober prober,
        Meter meter,
        Rhythm rhythm) {

    /// Decides what loading a model in a slot comes to: its runtime, its port, its command.
    ///
    /// **Errors** [hal0.slots.error.SlotException]. **Threads** any; may block.
    @FunctionalInterface
    public interface Resolver {
        Launch launch(String slot, @Nullable String model);
    }

    /// Tells what something that runs takes of the pool that it shares with others.
    ///
    /// **Units** MiB, 0 where that cannot be told. **Threads** any; may block.
    @FunctionalInterface
    public interface Meter {
        long memoryMb(Launch launch, Running running);
    }

    /// How often what is up is asked for its health, how soon again when that was bad, how long it
    /// may take to end in order, and how long a request waits for a sign before it waits in vain.
    public record Rhythm(Duration health, Duration again, Duration grace, Duration silence) {
        public static final Rhythm USUAL =
                new Rhythm(
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(30));
    }
}
