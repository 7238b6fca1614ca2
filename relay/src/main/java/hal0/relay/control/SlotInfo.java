package hal0.relay.control;

import hal0.slots.SlotStatus;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A slot at one moment, in words, as `/api/slots` shows it.
///
/// **Shape** `model` is the one that is loaded or on its way, null without; `port` and `endpoint`
/// are null until they are known; `message` is for people; `extra` has further facts, of the types
/// of JSON.
public record SlotInfo(
        String name,
        String type,
        String state,
        @Nullable String model,
        @Nullable String defaultModel,
        List<String> aliases,
        String runtime,
        String device,
        @Nullable Integer port,
        @Nullable String endpoint,
        boolean enabled,
        boolean pinned,
        int inFlight,
        int waiting,
        Instant updatedAt,
        String message,
        Map<String, Object> extra) {

    public SlotInfo {
        aliases = List.copyOf(aliases);
        extra = Map.copyOf(extra);
    }

    public static SlotInfo of(SlotStatus status) {
        return new SlotInfo(
                status.name(),
                status.type().word(),
                status.state().word(),
                status.model(),
                status.defaultModel(),
                status.aliases(),
                status.runtime().word(),
                status.device().word(),
                status.port(),
                status.endpoint() == null ? null : status.endpoint().toString(),
                status.enabled(),
                status.pinned(),
                status.inFlight(),
                status.waiting(),
                status.updatedAt(),
                status.message(),
                status.extra());
    }

    /// Whether requests are let in.
    public boolean isReady() {
        return List.of("ready", "serving", "idle").contains(state);
    }

    /// Whether it goes on to another state by itself.
    public boolean isUnderWay() {
        return List.of("pulling", "starting", "warming", "unloading").contains(state);
    }

    public boolean isFailed() {
        return state.equals("error");
    }
}
