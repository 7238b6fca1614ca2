package hal0.slots.plan;

import hal0.slots.plan.World.Claim;
import hal0.slots.plan.World.Phase;
import hal0.slots.plan.World.Seat;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// What is free of each pool while a plan is made, and what is going to be.
///
/// **Shape** `free` is there now; `soon` counts what is being taken down too, less what is meant
/// for somebody. A load needs its part of both: it must be there, and nobody else's.
final class Memory {
    private final World world;
    private final Map<Pool, Long> free = new HashMap<>();
    private final Map<Pool, Long> soon = new HashMap<>();
    private final Set<String> taken = new HashSet<>();

    Memory(World world) {
        this.world = world;
        world.rooms()
                .forEach((pool, room) -> {
                    free.put(pool, room.capacity() - room.others());
                    soon.put(pool, room.capacity() - room.others());
                });
        for (Seat seat : world.seats().values()) {
            Claim charge = seat.charge();
            if (charge != null && seat.phase() != Phase.DOWN && seat.phase() != Phase.UNKNOWN) {
                add(free, charge, -1);
                if (seat.phase() != Phase.DRAINING && seat.phase() != Phase.UNLOADING) {
                    add(soon, charge, -1);
                }
            }
        }
    }

    boolean fits(Claim claim) {
        return claim.amount() == 0
                || (claim.amount() <= of(free, claim) && claim.amount() <= of(soon, claim));
    }

    /// How much more would have to be taken down.
    long missing(Claim claim) {
        return claim.amount() == 0 ? 0 : claim.amount() - of(soon, claim);
    }

    void give(Claim claim) {
        add(free, claim, -1);
        add(soon, claim, -1);
    }

    /// What is going to be free is meant for that claim.
    void reserve(Claim claim) {
        add(soon, claim, -1);
    }

    /// The slot is taken down; what it holds is going to be free.
    void free(String slot) {
        take(slot);
        Seat seat = world.seats().get(slot);
        if (seat != null && seat.charge() != null) {
            add(soon, seat.charge(), 1);
        }
    }

    /// Nobody else decides about that slot in this plan.
    void take(String slot) {
        taken.add(slot);
    }

    boolean isTaken(String slot) {
        return taken.contains(slot);
    }

    /// Whether a slot that may be taken down holds nobody knows how much of the pool.
    boolean hasUnmeasured(Pool pool, String but) {
        return world.seats().entrySet().stream()
                .filter(entry -> !entry.getKey().equals(but))
                .map(Map.Entry::getValue)
                .anyMatch(seat -> seat.isUnmeasured(pool) && !seat.pinned());
    }

    /// Whether such a slot is on its way down: what it held will be known soon.
    boolean isClearingUnmeasured(Pool pool) {
        return world.seats().values().stream()
                .anyMatch(seat -> seat.isUnmeasured(pool) && seat.phase() != Phase.UP);
    }

    /// What pinned slots hold, that one left out.
    long pinned(Pool pool, String but) {
        return world.seats().entrySet().stream()
                .filter(entry -> entry.getValue().pinned() && !entry.getKey().equals(but))
                .filter(entry -> entry.getValue().phase() != Phase.DOWN)
                .mapToLong(entry -> entry.getValue().holds(pool))
                .sum();
    }

    private static long of(Map<Pool, Long> amounts, Claim claim) {
        return amounts.getOrDefault(claim.pool(), Long.MAX_VALUE / 4);
    }

    private static void add(Map<Pool, Long> amounts, Claim claim, int sign) {
        amounts.computeIfPresent(claim.pool(), (_, now) -> now + sign * claim.amount());
    }
}
