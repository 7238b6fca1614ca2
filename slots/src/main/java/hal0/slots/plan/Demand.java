package hal0.slots.plan;

import org.jspecify.annotations.Nullable;

/// What is wanted of a slot that it is not open for.
///
/// **Shape** a null model is its default one; `waiting` 0 where all were told to ask again later
/// and have not come back yet. **Units** `since` in nanoseconds of the arbiter's clock.
record Demand(@Nullable String model, int waiting, long since) {}
