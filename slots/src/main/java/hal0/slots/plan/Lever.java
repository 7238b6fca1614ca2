package hal0.slots.plan;

import org.jspecify.annotations.Nullable;

/// What can be done to slots by who decides over all of them.
///
/// **Shape** the orders return at once; what comes of them is told to the arbiter. **Threads** any.
public interface Lever {

    /// Whether the slot could be brought up with that model at all; null is its default one.
    ///
    /// **Errors** [hal0.slots.error.SlotException] that says what is wrong.
    void check(String slot, @Nullable String model);

    /// What it would take: as measured at its last load, else as its definition says, else
    /// estimated from the model's file.
    Need need(String slot, @Nullable String model);

    /// Brings up a slot that is down.
    void load(String slot, @Nullable String model);

    /// Takes down a slot that nobody uses any more; `why` is for its log and state.
    void unload(String slot, String why);
}
