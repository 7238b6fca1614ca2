package hal0.providers.message;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;

/// What a request says in words that only its own protocol has.
///
/// **Shape** a field's place, its names joined by dots (`metadata`, `reasoning.summary`), and its
/// value as JSON text, in the order of the request. Goes back into the same protocol as it came;
/// for any other it is lost, and named.
public record Extra(Protocol origin, SequencedMap<String, String> fields) {
    public static final Extra NONE = new Extra(Protocol.OPENAI, new LinkedHashMap<>());

    public Extra {
        Objects.requireNonNull(origin);
        fields = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(fields));
    }

    public boolean isEmpty() {
        return fields.isEmpty();
    }

    /// The fields for a protocol: all of its own, none of another's.
    public Map<String, String> in(Protocol protocol) {
        return origin == protocol ? fields : Map.of();
    }
}
