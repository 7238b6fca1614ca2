package hal0.slots.lifecycle;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a slot's `state.json` says: the state as it was last written.
///
/// **Shape** `extra` holds further facts of the types of JSON: `progress`, `parked`, `restarts`,
/// `retry_at`, `memory_mb`, `runtime`, `id`, `fingerprint`, and `measured` and `load_ms` by model.
public record SavedState(
        String name,
        StateName state,
        @Nullable String modelId,
        @Nullable Integer port,
        Instant updatedAt,
        String message,
        Map<String, Object> extra) {

    public SavedState {
        extra = Map.copyOf(extra);
    }

    static SavedState offline(String name, Instant at, String note) {
        return new SavedState(name, StateName.OFFLINE, null, null, at, note, Map.of());
    }

    SavedState noting(String note) {
        if (message.endsWith(note)) {
            return this;
        }
        String both = message.isEmpty() ? note : message + "; " + note;
        return new SavedState(name, state, modelId, port, updatedAt, both, extra);
    }

    /// Whether it was left alone because it died too often.
    public boolean isParked() {
        return Boolean.TRUE.equals(extra.get("parked"));
    }

    /// How often it had died in a row.
    public int restarts() {
        return extra.get("restarts") instanceof Number count ? count.intValue() : 0;
    }

    /// The word for the runtime that ran it last, null when none did.
    public @Nullable String runtime() {
        return extra.get("runtime") instanceof String word ? word : null;
    }

    /// What is known of the model's earlier loads.
    public Experience experience() {
        return Experience.of(extra);
    }
}
