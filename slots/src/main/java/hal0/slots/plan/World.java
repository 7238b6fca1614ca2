package hal0.slots.plan;

import hal0.slots.error.SlotException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Everything that decides who is loaded next, at one moment.
///
/// **Shape** `seats` by the name of their slot; `wants` in any order. **Units** nanoseconds for
/// times, which are all ages or remainders; amounts as their pool counts them, MiB of memory or
/// models of an NPU.
record World(Policy policy, Map<String, Seat> seats, List<Want> wants, Map<Pool, Room> rooms) {
    World {
        seats = Map.copyOf(seats);
        wants = List.copyOf(wants);
        rooms = Map.copyOf(rooms);
    }

    /// Where a slot is between down and up. An unknown one has not said yet what it is.
    enum Phase {
        UNKNOWN,
        DOWN,
        LOADING,
        UP,
        /// Up, but nobody new gets in.
        DRAINING,
        UNLOADING
    }

    /// One slot.
    ///
    /// **Shape** `model` while it is not down; `charge` what it holds or is going to, null while it
    /// holds nothing known; `empty` when nobody is inside or in line.
    record Seat(
            Phase phase,
            @Nullable String model,
            @Nullable Claim charge,
            boolean pinned,
            boolean empty,
            Times times,
            @Nullable Drained drained,
            @Nullable Failure failure) {

        /// Whether that model can be had of it; what is loaded as the default model may turn out to
        /// be it.
        boolean serves(@Nullable String wished) {
            boolean unsaid = phase == Phase.LOADING && model == null;
            return wished == null || wished.equals(model) || unsaid;
        }

        /// Whether it holds nobody knows how much of that pool.
        boolean isUnmeasured(Pool pool) {
            return charge != null
                    && charge.amount() == 0
                    && charge.pool().equals(pool)
                    && !(pool instanceof Pool.Npu);
        }

        /// What it holds of that pool.
        long holds(Pool pool) {
            return charge != null && charge.pool().equals(pool) ? charge.amount() : 0;
        }
    }

    /// How long a slot has been what.
    ///
    /// **Shape** `quiet` since its last use, `residence` since it came up, `cost` what loading it
    /// again takes; `held` how long it is still kept for who was told to come back, `rests` how
    /// long until it is loaded again by itself.
    record Times(long quiet, long residence, long cost, long held, long rests) {}

    /// A drain under way: for which slot, how long still, and whether what is inside is then cut.
    record Drained(String clearsFor, long left, boolean force) {}

    /// Why a model is not loaded again for requests; `all` when no other is either.
    record Failure(@Nullable String model, boolean all, SlotException why) {
        boolean concerns(@Nullable String wished) {
            return all || wished == null || model == null || wished.equals(model);
        }
    }

    /// So much of a pool.
    record Claim(Pool pool, long amount) {}

    /// Something that is wanted of a slot; `claim` is null as long as nobody has found out what
    /// bringing it up takes; `ordered` by an operator.
    record Want(
            String slot,
            @Nullable String model,
            Kind kind,
            boolean ordered,
            long age,
            @Nullable Claim claim) {}

    /// What is wanted.
    enum Kind {
        UP,
        /// Up with its default model if nothing has to go down for that.
        UP_IF_ROOM,
        DOWN,
        /// Down if nobody uses it, and not worth waiting for.
        DOWN_IF_IDLE;

        boolean isUp() {
            return this == UP || this == UP_IF_ROOM;
        }
    }

    /// A pool: `others` is what is not ours; `fresh` when that was measured lately enough to decide
    /// by, `settled` when nothing that just changed can still distort it.
    record Room(long capacity, long others, boolean fresh, boolean settled) {}
}
