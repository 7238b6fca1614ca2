package hal0.slots.runtime;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One line that a slot's server wrote; `at` is null where nobody noted when.
public record LogLine(@Nullable Instant at, boolean error, String text) {}
