package hal0.slots.lifecycle;

import static hal0.slots.lifecycle.StateName.ERROR;
import static hal0.slots.lifecycle.StateName.IDLE;
import static hal0.slots.lifecycle.StateName.OFFLINE;
import static hal0.slots.lifecycle.StateName.PULLING;
import static hal0.slots.lifecycle.StateName.READY;
import static hal0.slots.lifecycle.StateName.SERVING;
import static hal0.slots.lifecycle.StateName.STARTING;
import static hal0.slots.lifecycle.StateName.UNLOADING;
import static hal0.slots.lifecycle.StateName.WARMING;

import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/// From which state a slot may go to which.
final class Edges {
    private static final Map<StateName, Set<StateName>> ALL =
            Map.of(
                    OFFLINE, EnumSet.of(PULLING, STARTING),
                    PULLING, EnumSet.of(STARTING, ERROR, OFFLINE),
                    STARTING, EnumSet.of(WARMING, ERROR, OFFLINE),
                    WARMING, EnumSet.of(READY, IDLE, ERROR, OFFLINE),
                    READY, EnumSet.of(SERVING, IDLE, UNLOADING, ERROR),
                    SERVING, EnumSet.of(READY, IDLE, ERROR),
                    IDLE, EnumSet.of(SERVING, UNLOADING, READY, ERROR),
                    UNLOADING, EnumSet.of(OFFLINE, ERROR),
                    ERROR, EnumSet.of(OFFLINE, PULLING, STARTING));

    private Edges() {}

    static boolean allow(StateName from, StateName to) {
        return from == to || ALL.getOrDefault(from, Set.of()).contains(to);
    }
}
