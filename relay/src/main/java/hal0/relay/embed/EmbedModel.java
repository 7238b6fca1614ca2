package hal0.relay.embed;

import hal0.relay.routing.LocalSlot;
import hal0.relay.routing.Names;
import java.util.Optional;
import java.util.function.Supplier;

/// Which model turns notes into vectors, as the configuration has it at the moment.
///
/// **Threads** any.
public final class EmbedModel {
    private static final String CAPABILITY = "embed";

    private final Supplier<MemorySection> section;
    private final Supplier<Names> names;

    public EmbedModel(Supplier<MemorySection> section, Supplier<Names> names) {
        this.section = section;
        this.names = names;
    }

    /// How it is asked for; empty without one.
    String asked() {
        String named = section.get().embed();
        if (named.equals(MemorySection.OFF)) {
            return "";
        }
        return named.isEmpty()
                ? names.get().findSlotFor(CAPABILITY).map(LocalSlot::name).orElse("")
                : named;
    }

    /// What its vectors are kept as: of a slot they are those of the model in it.
    public String name() {
        String asked = asked();
        Optional<LocalSlot> slot = asked.isEmpty() ? Optional.empty() : names.get().findSlot(asked);
        return slot.map(found -> found.name() + "/" + found.model(found.name())).orElse(asked);
    }
}
