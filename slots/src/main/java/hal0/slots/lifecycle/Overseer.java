package hal0.slots.lifecycle;

import org.jspecify.annotations.Nullable;

/// Who looks after all slots together.
///
/// **Threads** called on the loop of the slot, after the state was written and before its effects
/// begin; returns at once.
public interface Overseer {

    /// The slot has moved.
    void moved(String slot, SlotState before, SlotState after);

    /// It has been idle for long and could go down.
    void offered(String slot);

    /// What died should come up again with that model.
    void wanted(String slot, @Nullable String model);

    /// An order came too late: it cannot be carried out from the state that the slot is in by now.
    void refused(String slot, SlotEvent.Order order, SlotState state, String why);
}
