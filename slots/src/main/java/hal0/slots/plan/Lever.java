package hal0.slots.plan;

import hal0.slots.error.SlotException;
import org.jspecify.annotations.Nullable;

/// What can be done to slots by who decides over all of them.
///
/// **Shape** the orders return at once; what comes of them is told to the [Arbiter]. **Threads**
/// `check` and `need` any, they may read files; the others the arbiter's, so they must not block.
public interface Lever {

    /// Whether the slot could be brought up with that model at all; null is its default one.
    ///
    /// **Errors** [SlotException] that says what is wrong.
    void check(String slot, @Nullable String model);

    /// What it would take: as measured at its last load, else as its definition says, else
    /// estimated from the model's file.
    Need need(String slot, @Nullable String model);

    /// Brings up a slot that is down. Answered by `up` or `failed`, or by `down` if it is given up.
    void load(String slot, @Nullable String model);

    /// Takes down a slot that nobody uses any more; `why` is for its log and state. Answered by
    /// `down`, also when it was still on its way up.
    void unload(String slot, String why);

    /// Tells whether requests are under way, soon after that changed; `false` comes after each use,
    /// also where one was so short that its `true` was left out. Told a few times a second at most.
    void serving(String slot, boolean busy);

    /// Tells that a slot which is down is not going to be brought up as an operator or the
    /// switching of groups wanted, and why.
    void refused(String slot, SlotException why);
}
