package hal0.slots.definition;

import hal0.slots.definition.Definitions.PortRange;
import hal0.slots.error.SlotException;
import hal0.slots.error.SlotProblem;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Which port a slot gets: a pure function.
public final class Ports {
    private Ports() {}

    /// **Shape** a slot's own port is taken as it is; one without gets the one that it had before
    /// where that is still free, else the first free one of the range. `defined` are the ports that
    /// the files of other slots name, loaded or not; `used` those that anything listens on now.
    /// **Errors** [SlotException] `NO_FREE_PORT` when its own is used, or none of the range is
    /// free.
    public static int choose(
            SlotSpec spec,
            Set<Integer> defined,
            Set<Integer> used,
            @Nullable Integer previous,
            PortRange range) {
        Integer own = spec.slot().port();
        if (own != null) {
            if (used.contains(own)) {
                throw SlotException.of(
                        SlotProblem.NO_FREE_PORT,
                        "port %d of slot %s is used by another program: end that, or set another `port` in slots/%s.toml"
                                .formatted(own, spec.name(), spec.name()));
            }
            return own;
        }
        if (previous != null && range.holds(previous) && isFree(previous, defined, used)) {
            return previous;
        }
        for (int port = range.first(); port <= range.last(); port++) {
            if (isFree(port, defined, used)) {
                return port;
            }
        }
        throw SlotException.of(
                SlotProblem.NO_FREE_PORT,
                "no port from %d to %d is free for slot %s: widen port_range_start and port_range_end in [slots] of config.toml"
                        .formatted(range.first(), range.last(), spec.name()));
    }

    private static boolean isFree(int port, Set<Integer> defined, Set<Integer> used) {
        return !defined.contains(port) && !used.contains(port);
    }
}
