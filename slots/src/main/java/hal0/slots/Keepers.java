package hal0.slots;

import hal0.slots.definition.Definitions;
import hal0.slots.error.SlotException;
import hal0.slots.error.SlotProblem;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/// Every slot that is looked after, by name.
///
/// **Threads** any.
final class Keepers {
    private final ConcurrentSkipListMap<String, Keeper> byName = new ConcurrentSkipListMap<>();

    private final Definitions definitions;

    Keepers(Definitions definitions) {
        this.definitions = definitions;
    }

    Collection<Keeper> all() {
        return byName.values();
    }

    Optional<Keeper> find(String slot) {
        return Optional.ofNullable(byName.get(slot));
    }

    /// **Errors** `NOT_FOUND`; `CONFIG_ERROR` where a file is there that cannot be used.
    Keeper get(String slot) {
        return find(slot).orElseThrow(() -> missing(slot));
    }

    private SlotException missing(String slot) {
        List<String> problems = definitions.problemsOf(slot);
        return problems.isEmpty()
                ? SlotException.of(
                        SlotProblem.NOT_FOUND,
                        "there is no slot \"%s\"; hal0 slots list shows those that are defined"
                                .formatted(slot))
                : SlotException.of(
                        SlotProblem.CONFIG_ERROR,
                        "the slot \"%s\" cannot be used as its file defines it: %s"
                                .formatted(slot, String.join("; ", problems)));
    }

    void add(Keeper keeper) {
        byName.put(keeper.slot(), keeper);
    }

    void remove(Keeper keeper) {
        byName.remove(keeper.slot(), keeper);
    }
}
