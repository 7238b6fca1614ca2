package hal0.slots.plan;

import hal0.slots.hardware.Gpu;
import hal0.slots.hardware.Hardware;
import hal0.slots.plan.World.Claim;
import hal0.slots.plan.World.Phase;
import hal0.slots.plan.World.Room;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What the machine has, and how much of it is used by what is not ours.
///
/// **Shape** a measurement that was made while one of our slots came or went cannot tell its part
/// from others'; it can only raise what others are known to use, until a quiet one corrects it.
/// **Units** MiB; nanoseconds of the arbiter's clock. **Threads** the desk's.
final class Meter {
    private static final long FRESH = Duration.ofSeconds(2).toNanos();
    private static final long SETTLES = Duration.ofMillis(1500).toNanos();
    private static final Pool MEMORY = new Pool.Memory();
    private static final Pool NPU = new Pool.Npu();

    private final long keepFreeMb;
    private @Nullable Hardware hardware;
    private long lookedAt;
    private final Map<Pool, Measured> measured = new HashMap<>();
    private final Map<Pool, Long> quietly = new HashMap<>();
    private final Map<Pool, Long> others = new HashMap<>();
    private final Map<Pool, Long> movedAt = new HashMap<>();
    private final Set<Pool> settled = new HashSet<>();

    private record Measured(long capacity, long used) {}

    Meter(long keepFreeMb) {
        this.keepFreeMb = keepFreeMb;
    }

    /// A slot came or went.
    void moved(@Nullable Claim charge, long now) {
        if (charge != null) {
            Pool pool = physical(charge).pool();
            movedAt.put(pool, now);
            settled.remove(pool);
        }
    }

    /// A look that began then is over.
    void looked(Hardware found, long began, long now, Collection<Card> cards) {
        hardware = found;
        lookedAt = now;
        measured.clear();
        long kept = Math.min(keepFreeMb, found.memoryMb() / 4);
        long usedMb = found.memoryMb() - found.availableMb();
        measure(MEMORY, found.memoryMb() - kept, usedMb);
        for (Gpu gpu : found.gpus()) {
            measure(
                    new Pool.Gpu(gpu.kind(), gpu.index()),
                    gpu.totalMb(),
                    gpu.totalMb() - gpu.freeMb());
        }
        measured.forEach((pool, numbers) -> note(pool, numbers.used, began, cards));
    }

    private void measure(Pool pool, long capacity, long used) {
        if (capacity > 0) {
            measured.put(pool, new Measured(capacity, used));
        }
    }

    private void note(Pool pool, long used, long began, Collection<Card> cards) {
        long ours = 0;
        boolean moving = false;
        for (Card card : cards) {
            moving |= card.phase == Phase.UNKNOWN;
            if (card.charge != null && physical(card.charge).pool().equals(pool)) {
                ours += card.charge.amount();
                moving |= card.phase == Phase.LOADING || card.phase == Phase.UNLOADING;
            }
        }
        long foreign = Math.max(0, used - ours);
        Long moved = movedAt.get(pool);
        if (moving || (moved != null && began - moved < SETTLES)) {
            others.put(pool, Math.max(foreign, quietly.getOrDefault(pool, 0L)));
            settled.remove(pool);
        } else {
            quietly.put(pool, foreign);
            others.put(pool, foreign);
            settled.add(pool);
        }
    }

    /// What there is of the pools that these claims are about. A GPU that nobody can measure is
    /// left out: nothing is known to be too much for it.
    Map<Pool, Room> rooms(Collection<Claim> claims, long now) {
        boolean fresh = hardware != null && now - lookedAt <= FRESH;
        Map<Pool, Room> rooms = new HashMap<>();
        for (Claim claim : claims) {
            Pool pool = claim.pool();
            Measured numbers = measured.get(pool);
            if (pool.equals(NPU)) {
                rooms.put(pool, new Room(1, 0, true, true));
            } else if (numbers != null) {
                rooms.put(
                        pool,
                        new Room(
                                numbers.capacity,
                                others.getOrDefault(pool, 0L),
                                fresh,
                                settled.contains(pool)));
            } else if (!fresh) {
                rooms.put(pool, new Room(0, 0, false, false));
            }
        }
        return rooms;
    }

    /// The same claim on what is really there: Vulkan runs on the GPU that another kind is known
    /// by.
    Claim physical(Claim claim) {
        if (!(claim.pool() instanceof Pool.Gpu wanted) || hardware == null) {
            return claim;
        }
        Gpu other = null;
        for (Gpu gpu : hardware.gpus()) {
            if (gpu.index() == wanted.index()) {
                if (gpu.kind().equals(wanted.kind())) {
                    return claim;
                }
                other = other == null || gpu.totalMb() > other.totalMb() ? gpu : other;
            }
        }
        return other == null
                ? claim
                : new Claim(new Pool.Gpu(other.kind(), other.index()), claim.amount());
    }
}
