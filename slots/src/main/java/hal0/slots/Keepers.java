package hal0.slots;

import hal0.slots.error.SlotException;
import hal0.slots.error.SlotProblem;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/// Every slot that is looked after, by name.
///
/// **Threads** any.
final class Keepers {
    private final ConcurrentSkipListMap<String, Keeper> byName = new ConcurrentSkipListMap<>();

    Collection<Keeper> all() {
        return byName.values();
    }

    Optional<Keeper> find(String slot) {
        return Optional.ofNullable(byName.get(slot));
    }

    /// **Errors** `NOT_FOUND`.
    Keeper get(String slot) {
        return find(slot)
                .orElseThrow(() ->
                        SlotException.of(
                                SlotProblem.NOT_FOUND,
                                "there is no slot \"%s\"; hal0 slots list shows those that are defined"
                                        .formatted(slot)));
    }

    void add(Keeper keeper) {
        byName.put(keeper.slot(), keeper);
    }

    void remove(Keeper keeper) {
        byName.remove(keeper.slot(), keeper);
    }
}
