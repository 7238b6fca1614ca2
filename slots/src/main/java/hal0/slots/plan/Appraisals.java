package hal0.slots.plan;

import hal0.slots.plan.World.Claim;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What was found out about models that are wanted: once for however many want them, and anew the
/// next time that somebody does.
///
/// **Threads** the desk's.
final class Appraisals {
    private final Errands errands;
    private final Map<Wanted, Claim> known = new HashMap<>();
    private final Set<Wanted> asked = new HashSet<>();

    /// A slot with a model; null is its default one.
    record Wanted(String slot, @Nullable String model) {}

    Appraisals(Errands errands) {
        this.errands = errands;
    }

    /// Null as long as it is being found out.
    @Nullable Claim find(Wanted wanted) {
        Claim claim = known.get(wanted);
        if (claim == null) {
            ask(wanted);
        }
        return claim;
    }

    void ask(Wanted wanted) {
        if (asked.add(wanted)) {
            errands.appraise(wanted.slot(), wanted.model());
        }
    }

    void found(Wanted wanted, Claim claim) {
        asked.remove(wanted);
        known.put(wanted, claim);
    }

    void failed(Wanted wanted) {
        asked.remove(wanted);
        known.remove(wanted);
    }

    /// What was known of the slot may not be so any more.
    void forget(String slot) {
        known.keySet().removeIf(wanted -> wanted.slot().equals(slot));
        asked.removeIf(wanted -> wanted.slot().equals(slot));
    }

    void keepOnly(Set<Wanted> wanted) {
        known.keySet().retainAll(wanted);
    }
}
