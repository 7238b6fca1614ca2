package hal0.slots.plan;

import org.jspecify.annotations.Nullable;

/// What the desk has others do for it, since it may take long; the results come back as reports.
interface Errands {

    /// Finds out whether a slot could be loaded with that, and what it takes. Answered by
    /// `appraised` or `unfit`.
    void appraise(String slot, @Nullable String model);

    /// Finds out what the machine has free. Answered by `looked`.
    void look();
}
