package hal0.slots.plan;

import hal0.slots.error.SlotException;
import org.jspecify.annotations.Nullable;

/// Something that the scheduler wants done.
sealed interface Move {

    String slot();

    /// Shut it and take it down if nobody is inside at this moment; else leave it.
    record Evict(String slot, String why) implements Move {}

    /// Let nobody new in, for the good of that slot, which may be itself.
    record Drain(String slot, String clearsFor) implements Move {}

    /// Let requests in again: what it was drained for is not wanted any more, or has to wait.
    record Reopen(String slot) implements Move {}

    record Unload(String slot, String why) implements Move {}

    record Load(String slot, @Nullable String model) implements Move {}

    /// Answer who wants that, requests and operators alike.
    record Refuse(String slot, @Nullable String model, SlotException why) implements Move {}

    /// Leave it down, as there is no room for it now; requests are not concerned.
    record Forgo(String slot, SlotException why) implements Move {}

    /// Find out what the machine has free: the last look is too old to decide by.
    record Look(String slot) implements Move {}
}
