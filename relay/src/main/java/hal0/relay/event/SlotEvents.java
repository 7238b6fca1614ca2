package hal0.relay.event;

import hal0.relay.event.Event.Severity;
import hal0.slots.SlotStatus;
import hal0.slots.lifecycle.StateName;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Tells of the states that slots come into.
///
/// **Shape** that a slot which is up begins or ends a request is no event: there would be one for
/// each request. **Threads** any; never waits.
public final class SlotEvents {
    private final Events events;
    private final Map<String, Seen> told = new ConcurrentHashMap<>();

    private record Seen(StateName state, @Nullable String model) {
        static Seen of(SlotStatus slot) {
            boolean up = slot.state() == StateName.SERVING;
            return new Seen(up ? StateName.READY : slot.state(), slot.model());
        }
    }

    public SlotEvents(Events events) {
        this.events = events;
    }

    /// A slot has changed.
    public void changed(SlotStatus slot) {
        Seen now = Seen.of(slot);
        if (now.equals(told.put(slot.name(), now))) {
            return;
        }
        Map<String, @Nullable Object> data = new LinkedHashMap<>();
        data.put("state", slot.state().word());
        data.put("model", slot.model());
        data.put("note", slot.message());
        events.emit(
                "slot.state",
                slot.state() == StateName.ERROR ? Severity.ERROR : Severity.INFO,
                slot.name(),
                slot.message().isEmpty()
                        ? "the slot %s is %s".formatted(slot.name(), slot.state().word())
                        : "the slot %s is %s: %s"
                                .formatted(slot.name(), slot.state().word(), slot.message()),
                data);
    }
}
