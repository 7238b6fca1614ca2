package hal0.relay.control;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One line that a slot's server wrote; `at` is null where nobody noted when.
public record SlotLine(@Nullable Instant at, boolean error, String text) {}
