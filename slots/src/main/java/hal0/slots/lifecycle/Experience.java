package hal0.slots.lifecycle;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What was measured when a slot's models were loaded: the next load is planned by it.
///
/// **Shape** by model, the empty text for none, and memory by its context size too; the few that
/// were loaded last. **Units** MiB, milliseconds.
public record Experience(Map<String, Long> memoryMb, Map<String, Long> loadMs) {
    private static final int KEPT = 8;

    static final Experience NONE = new Experience(Map.of(), Map.of());

    /// Memory that the model took with so many tokens of context, 0 when that is not known: what it
    /// took with fewer says nothing of it.
    public long memoryMb(@Nullable String model, long contextSize) {
        return memoryMb.getOrDefault(key(model, contextSize), 0L);
    }

    /// How long its last load took, 0 when that is not known.
    public long loadMs(@Nullable String model) {
        return loadMs.getOrDefault(key(model), 0L);
    }

    Experience withMemory(@Nullable String model, long contextSize, long mb) {
        return new Experience(with(memoryMb, key(model, contextSize), mb), loadMs);
    }

    Experience withLoad(@Nullable String model, long ms) {
        return new Experience(memoryMb, with(loadMs, key(model), ms));
    }

    private static String key(@Nullable String model, long contextSize) {
        return contextSize == 0 ? key(model) : key(model) + ", context " + contextSize;
    }

    private static String key(@Nullable String model) {
        return Objects.requireNonNullElse(model, "");
    }

    private static Map<String, Long> with(Map<String, Long> known, String key, long value) {
        Map<String, Long> changed = new LinkedHashMap<>(known);
        changed.remove(key);
        changed.put(key, value);
        while (changed.size() > KEPT) {
            changed.remove(changed.keySet().iterator().next());
        }
        return changed;
    }

    static Experience of(Map<String, Object> extra) {
        return new Experience(numbers(extra.get("measured")), numbers(extra.get("load_ms")));
    }

    private static Map<String, Long> numbers(@Nullable Object object) {
        Map<String, Long> numbers = new LinkedHashMap<>();
        if (object instanceof Map<?, ?> map) {
            map.forEach((key, value) -> {
                if (key instanceof String name
                        && value instanceof Number number
                        && number.longValue() >= 0
                        && numbers.size() < KEPT) {
                    numbers.put(name, number.longValue());
                }
            });
        }
        return numbers;
    }
}
