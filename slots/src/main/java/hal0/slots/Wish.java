package hal0.slots;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// What a request wants of a slot: a model, null for whichever it has, and how long it can wait for
/// that.
public record Wish(String slot, @Nullable String model, Duration patience) {}
