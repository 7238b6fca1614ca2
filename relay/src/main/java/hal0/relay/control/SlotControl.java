package hal0.relay.control;

import hal0.providers.http.CancelToken;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Slots as they can be looked at, defined and told what to do.
///
/// **Shape** orders return at once with the state that follows; [#await] waits for what comes of
/// them. Keys of a definition are those of its file with their table (`slot.image`,
/// `model.default`, `server.extra_args`); values are String, Boolean, Long, Double or List of
/// String. **Errors** [ControlException], caused by a [hal0.slots.error.SlotException] where a slot
/// refused. **Threads** any; blocks.
public interface SlotControl {

    /// In the order of their names.
    List<SlotInfo> all();

    SlotInfo one(String name);

    /// Defines one in `slots/NAME.toml`.
    SlotInfo create(String name, Map<String, @Nullable Object> keys);

    /// Changes the keys that are given; null takes one away.
    SlotInfo change(String name, Map<String, @Nullable Object> keys);

    /// Takes a definition away; what runs is drained and ended.
    void remove(String name);

    /// Loads it with a model, null for the default one.
    SlotInfo load(String name, @Nullable String model);

    SlotInfo unload(String name);

    SlotInfo restart(String name);

    /// Puts another model in place of the one that is loaded; with `persist` for good.
    SlotInfo swap(String name, String model, boolean persist);

    /// Waits for what comes of the last order, and not longer than that. An order that came to
    /// nothing is thrown.
    Awaited await(String name, Duration patience, CancelToken cancel);

    /// A slot after a wait, and whether what was waited for is done.
    record Awaited(SlotInfo slot, boolean settled) {}

    /// What loading it comes to now.
    SlotLaunch resolved(String name);

    /// The last lines of its output, with `follow` further ones until it ends or `cancel` is.
    void logs(String name, int lines, boolean follow, Consumer<SlotLine> sink, CancelToken cancel);

    GpuInfo gpu();

    /// Lets the other group have the GPU; `force` even while requests are under way, `pin` for
    /// good.
    GpuInfo gpuMode(String mode, boolean force, boolean pin);
}
