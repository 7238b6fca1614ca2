package hal0.slots.plan;

import hal0.slots.error.SlotException;
import hal0.slots.plan.World.Claim;
import hal0.slots.plan.World.Drained;
import hal0.slots.plan.World.Kind;
import hal0.slots.plan.World.Room;
import hal0.slots.plan.World.Seat;
import hal0.slots.plan.World.Want;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Decides what is done next, from nothing but the world as it is.
///
/// **Shape** wants are served in order, an operator's first, then the oldest. What one of them is
/// waiting for is not given to a later one, once it has waited long enough to have a right to it.
/// Nothing that is loading, kept for somebody, or in use is taken from its user; what is in use is
/// drained for a want that is ripe, after it has been up for its residency.
final class Scheduler {
    private static final String BY_HAND = "unloaded by hand";

    private final World world;
    private final Memory memory;
    private final List<Move> moves = new ArrayList<>();
    private final Set<Want> refused = new HashSet<>();
    private long again = Long.MAX_VALUE;

    private Scheduler(World world) {
        this.world = world;
        this.memory = new Memory(world);
    }

    static Plan plan(World world) {
        return new Scheduler(world).plan();
    }

    private Plan plan() {
        List<Want> wants = new ArrayList<>(world.wants());
        wants.sort(
                Comparator.comparing(Want::ordered)
                        .thenComparingLong(Want::age)
                        .reversed()
                        .thenComparing(Want::slot)
                        .thenComparing(want -> String.valueOf(want.model())));
        for (Want want : wants) {
            Seat seat = world.seats().get(want.slot());
            if (seat != null && !memory.isTaken(want.slot())) {
                consider(want, seat);
                if (want.ordered()) {
                    memory.take(want.slot());
                }
            }
        }
        for (Map.Entry<String, Seat> entry : new TreeMap<>(world.seats()).entrySet()) {
            Drained drained = entry.getValue().drained();
            if (drained != null) {
                drained(entry.getKey(), entry.getValue(), drained);
            }
        }
        return new Plan(moves, again);
    }

    private void consider(Want want, Seat seat) {
        switch (want.kind()) {
            case UP -> up(want, seat);
            case UP_IF_ROOM -> {
                if (seat.phase() == World.Phase.DOWN) {
                    fromDown(want, seat);
                }
            }
            case DOWN -> down(want.slot(), seat);
            case DOWN_IF_IDLE -> {
                boolean kept = seat.pinned() || !seat.empty() || seat.times().held() > 0;
                if (seat.phase() == World.Phase.UP && !kept) {
                    evict(want.slot(), "nobody used it");
                }
            }
        }
    }

    private void down(String slot, Seat seat) {
        switch (seat.phase()) {
            case LOADING -> {
                moves.add(new Move.Unload(slot, BY_HAND));
                memory.take(slot);
            }
            case UP -> drain(slot, slot);
            case UNKNOWN, DOWN, DRAINING, UNLOADING -> {}
        }
    }

    private void up(Want want, Seat seat) {
        switch (seat.phase()) {
            case UNKNOWN -> {}
            case LOADING -> {
                if (want.ordered() && !seat.serves(want.model())) {
                    moves.add(new Move.Unload(want.slot(), "another model is wanted"));
                    memory.take(want.slot());
                }
            }
            case DOWN -> fromDown(want, seat);
            case UP -> {
                if (!seat.serves(want.model())) {
                    swap(want, seat);
                }
            }
            case DRAINING -> {
                // Who wants what it still has comes after who it is drained for.
                if (!seat.serves(want.model())) {
                    claim(want, seat);
                }
            }
            case UNLOADING -> claim(want, seat);
        }
    }

    private void fromDown(Want want, Seat seat) {
        World.Failure failure = seat.failure();
        if (!want.ordered() && failure != null && failure.concerns(want.model())) {
            refuse(want, failure.why());
        } else if (!want.ordered() && seat.times().rests() > 0) {
            lookAgain(seat.times().rests());
        } else {
            claim(want, seat);
        }
    }

    private void swap(Want want, Seat seat) {
        if (want.ordered()) {
            claim(want, seat);
        } else if (seat.pinned()) {
            refuse(want, Refusals.pinned(want, seat.model()));
        } else {
            long wait = readyIn(want, seat);
            if (wait <= 0) {
                claim(want, seat);
            } else {
                lookAgain(wait);
            }
        }
    }

    /// How long until it may be taken from whoever uses it, for that want.
    private long readyIn(Want want, Seat seat) {
        Policy policy = world.policy();
        World.Times times = seat.times();
        long whenBusy =
                Math.max(
                        policy.ripe() - want.age(),
                        policy.residency(times.cost()) - times.residence());
        long whenIdle = seat.empty() ? policy.linger(times.cost()) - times.quiet() : Long.MAX_VALUE;
        return Math.max(times.held(), Math.min(whenBusy, whenIdle));
    }

    /// Sees to it that there is room for a want whose own slot stands in its way no more, or only
    /// until it is told to go.
    private void claim(Want want, Seat seat) {
        Claim claim = want.claim();
        Room room = claim == null ? null : world.rooms().get(claim.pool());
        if (claim == null || (room != null && !decidable(want, claim, room))) {
            // Somebody is finding out. A younger want must not overtake it meanwhile.
            memory.take(want.slot());
            return;
        }
        boolean inPlace = seat.phase() == World.Phase.UP;
        if (room == null || memory.fits(claim)) {
            if (seat.phase() == World.Phase.DOWN) {
                memory.give(claim);
                memory.take(want.slot());
                moves.add(new Move.Load(want.slot(), want.model()));
                return;
            }
        }
        long missing =
                room == null ? 0 : memory.missing(claim) - (inPlace ? seat.holds(claim.pool()) : 0);
        if (missing > 0 && want.kind() == Kind.UP_IF_ROOM) {
            forgo(want, claim, room);
            return;
        }
        List<String> victims =
                room == null || missing <= 0 ? List.of() : victims(want, claim, missing, room);
        if (missing > 0 && victims.isEmpty()) {
            if (isRipe(want)) {
                memory.reserve(claim);
            }
            return;
        }
        for (String victim : victims) {
            clear(victim, want.slot());
        }
        if (inPlace) {
            clear(want.slot(), want.slot());
        }
        memory.take(want.slot());
        memory.reserve(claim);
    }

    private boolean decidable(Want want, Claim claim, Room room) {
        if (!room.fresh()) {
            moves.add(new Move.Look(want.slot()));
            lookAgain(world.policy().recheck());
            return false;
        }
        long pinned = memory.pinned(claim.pool(), want.slot());
        if (claim.amount() == 0 || claim.amount() <= room.capacity() - room.others() - pinned) {
            return true;
        }
        if (memory.hasUnmeasured(claim.pool(), want.slot())) {
            return true;
        }
        if (room.settled()) {
            refuse(want, Refusals.tooBig(want, claim, room, pinned));
        } else {
            lookAgain(world.policy().recheck());
        }
        return false;
    }

    /// What is coming or going may yet make room, or turn out to take less.
    private void forgo(Want want, Claim claim, @Nullable Room room) {
        if (room == null || room.settled()) {
            moves.add(new Move.Forgo(want.slot(), Refusals.noRoom(want, claim)));
        } else {
            lookAgain(world.policy().recheck());
        }
    }

    private List<String> victims(Want want, Claim claim, long missing, Room room) {
        List<Victims.Candidate> candidates = new ArrayList<>();
        List<Victims.Candidate> unmeasured = new ArrayList<>();
        for (Map.Entry<String, Seat> entry : world.seats().entrySet()) {
            Seat seat = entry.getValue();
            long holds = seat.holds(claim.pool());
            boolean takeable =
                    seat.phase() == World.Phase.UP
                            && !seat.pinned()
                            && (holds > 0 || seat.isUnmeasured(claim.pool()))
                            && !entry.getKey().equals(want.slot())
                            && !memory.isTaken(entry.getKey());
            if (takeable) {
                long wait = readyIn(want, seat);
                if (wait <= 0) {
                    (holds > 0 ? candidates : unmeasured)
                            .add(new Victims.Candidate(entry.getKey(), seat, holds));
                } else {
                    lookAgain(wait);
                }
            }
        }
        List<String> chosen = Victims.choose(candidates, missing);
        if (!chosen.isEmpty() || memory.isClearingUnmeasured(claim.pool())) {
            return chosen;
        }
        if (!room.settled()) {
            lookAgain(world.policy().recheck());
            return List.of();
        }
        return Victims.first(unmeasured);
    }

    private void clear(String slot, String clearsFor) {
        Seat seat = world.seats().get(slot);
        if (seat != null && seat.empty()) {
            evict(slot, why(slot, clearsFor));
        } else {
            drain(slot, clearsFor);
        }
    }

    /// As it stands beside the slot once it is down.
    private String why(String slot, String clearsFor) {
        if (!slot.equals(clearsFor)) {
            return clearsFor + " needs its memory";
        }
        boolean down =
                world.wants().stream()
                        .anyMatch(want -> want.slot().equals(slot) && want.kind() == Kind.DOWN);
        return down ? BY_HAND : "another model is wanted";
    }

    private void evict(String slot, String why) {
        moves.add(new Move.Evict(slot, why));
        memory.free(slot);
    }

    private void drain(String slot, String clearsFor) {
        moves.add(new Move.Drain(slot, clearsFor));
        memory.free(slot);
    }

    private void drained(String slot, Seat seat, Drained drained) {
        if (!isWanted(slot, seat, drained.clearsFor())) {
            moves.add(new Move.Reopen(slot));
        } else if (seat.empty()) {
            moves.add(new Move.Unload(slot, why(slot, drained.clearsFor())));
        } else if (drained.left() > 0) {
            lookAgain(drained.left());
        } else if (drained.force()) {
            moves.add(new Move.Unload(slot, "requests did not end in time (drain_timeout_s)"));
        } else {
            moves.add(new Move.Reopen(slot));
        }
    }

    private boolean isWanted(String slot, Seat seat, String clearsFor) {
        return world.wants().stream()
                .filter(want -> want.slot().equals(clearsFor) && !refused.contains(want))
                .anyMatch(want ->
                        want.kind() == Kind.DOWN
                                || !slot.equals(clearsFor)
                                || !seat.serves(want.model()));
    }

    private void refuse(Want want, SlotException why) {
        moves.add(new Move.Refuse(want.slot(), want.model(), why));
        refused.add(want);
    }

    private boolean isRipe(Want want) {
        return want.ordered() || want.age() >= world.policy().ripe();
    }

    private void lookAgain(long in) {
        again = Math.min(again, Math.max(1, in));
    }
}
