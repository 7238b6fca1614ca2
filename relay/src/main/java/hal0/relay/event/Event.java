package hal0.relay.event;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Something that happened.
///
/// **Shape** `id` counts up from 1 within one run of hal0. `type` is a noun and what became of it
/// (`provider.added`); `source` what it happened to; `message` is one sentence for people, and no
/// part of it holds a secret. Values of `data` are texts, numbers or booleans.
public record Event(
        long id,
        Instant at,
        String type,
        Severity severity,
        String source,
        String message,
        Map<String, @Nullable Object> data) {

    public Event {
        data = Collections.unmodifiableMap(new LinkedHashMap<>(data));
    }

    /// How much it matters.
    public enum Severity {
        INFO,
        WARNING,
        ERROR
    }
}
