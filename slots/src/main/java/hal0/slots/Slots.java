package hal0.slots;

import hal0.providers.http.CancelToken;
import hal0.slots.definition.Launch;
import hal0.slots.runtime.LogLine;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The slots of a home, while this process owns it.
///
/// **Shape** orders return the state at once; `await` waits for what comes of them. **Errors**
/// [hal0.slots.error.SlotException]. **Threads** any.
public interface Slots extends AutoCloseable {

    /// In the order of their names.
    List<SlotStatus> all();

    Optional<SlotStatus> find(String name);

    /// Lets a request in, loading the slot where that is needed: once, for however many wait. A
    /// waiter that is cancelled leaves the load alone.
    ///
    /// **Errors** `LOADING` when patience ran out, `LOAD_FAILED`, `QUEUE_FULL`, `CANCELLED`, …
    Permit enter(Wish wish, CancelToken cancel);

    /// Loads it with a model, null for the default one.
    SlotStatus load(String name, @Nullable String model);

    /// Lets the requests under way end first.
    SlotStatus unload(String name);

    SlotStatus restart(String name);

    /// Puts another model in place of the one that is loaded, once the requests under way have
    /// ended.
    SlotStatus swap(String name, String model);

    /// Waits until what was ordered of the slot last is done, and not longer than that.
    ///
    /// **Errors** why it came to nothing; `CANCELLED`, which leaves the order alone.
    SlotStatus await(String name, Duration patience, CancelToken cancel);

    /// What loading it with its default model comes to now.
    Launch launch(String name);

    /// The fingerprint of what runs, empty when nothing does.
    Optional<String> runningFingerprint(String name);

    /// Its output; see [hal0.slots.runtime.SlotRuntime#logs].
    void logs(String name, int lines, boolean follow, Consumer<LogLine> sink, CancelToken cancel);

    /// Tells of every change of a slot, after it, until the subscription is closed; a slot that is
    /// defined no more is told of by its last status.
    Subscription onChange(Consumer<SlotStatus> listener);

    GpuStatus gpu();

    /// Lets the other group have the GPU; `force` even while requests are under way, `pin` for
    /// good.
    GpuStatus gpuMode(String mode, boolean force, boolean pin);

    /// Takes over definitions that were edited.
    void reload();

    /// Ends the care for slots; what runs goes on running.
    @Override
    void close();

    /// Ends a listener's interest.
    interface Subscription extends AutoCloseable {
        @Override
        void close();
    }
}
