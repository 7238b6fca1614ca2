package hal0.slots;

import hal0.slots.definition.SlotSpec;
import hal0.slots.definition.SlotSpec.Device;
import hal0.slots.definition.SlotSpec.RuntimeName;
import hal0.slots.lifecycle.StateName;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A slot as it is at one moment.
///
/// **Shape** `model` is the one that is loaded or on its way, null without; `defaultModel` the one
/// of its definition; `endpoint` and `port` null until they are known; `message` for people, empty
/// where there is nothing to say; `extra` further facts of its state, of the types of JSON
/// (`progress`, `parked`, `restarts`, `retry_at`, `memory_mb`).
public record SlotStatus(
        String name,
        SlotSpec.Type type,
        StateName state,
        @Nullable String model,
        @Nullable String defaultModel,
        List<String> aliases,
        RuntimeName runtime,
        Device device,
        @Nullable Integer port,
        @Nullable URI endpoint,
        boolean enabled,
        boolean pinned,
        int inFlight,
        int waiting,
        Instant updatedAt,
        String message,
        Map<String, Object> extra) {
    public SlotStatus {
        aliases = List.copyOf(aliases);
        extra = Map.copyOf(extra);
    }
}
