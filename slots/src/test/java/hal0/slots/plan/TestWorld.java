package hal0.slots.plan;

import hal0.slots.plan.World.Claim;
import hal0.slots.plan.World.Drained;
import hal0.slots.plan.World.Kind;
import hal0.slots.plan.World.Phase;
import hal0.slots.plan.World.Room;
import hal0.slots.plan.World.Seat;
import hal0.slots.plan.World.Times;
import hal0.slots.plan.World.Want;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A world for the scheduler, put together piece by piece: one GPU of 100 MiB.
final class TestWorld {
    static final long COST = seconds(10);

    private final Map<String, Seat> seats = new HashMap<>();
    private final List<Want> wants = new ArrayList<>();
    private Room room = new Room(100, 0, true, true);

    static long seconds(double seconds) {
        return Math.round(seconds * 1e9);
    }

    static Claim gpu(long mb) {
        return new Claim(TestMachine.GPU, mb);
    }

    TestWorld room(long others, boolean fresh, boolean settled) {
        room = new Room(100, others, fresh, settled);
        return this;
    }

    TestWorld seat(String slot, Seat seat) {
        seats.put(slot, seat);
        return this;
    }

    TestWorld down(String slot) {
        return seat(slot, new Seat(Phase.DOWN, null, null, false, true, times(0, 0), null, null));
    }

    /// Up with model `a`, used until so many seconds ago.
    TestWorld idle(String slot, long mb, double quiet) {
        return seat(
                slot,
                new Seat(Phase.UP, "a", gpu(mb), false, true, times(quiet, 1000), null, null));
    }

    TestWorld busy(String slot, long mb, double residence) {
        return seat(
                slot,
                new Seat(Phase.UP, "a", gpu(mb), false, false, times(0, residence), null, null));
    }

    TestWorld draining(String slot, long mb, String clearsFor, boolean empty, double left) {
        return seat(
                slot,
                new Seat(
                        Phase.DRAINING,
                        "a",
                        gpu(mb),
                        false,
                        empty,
                        times(0, 100),
                        new Drained(clearsFor, seconds(left), false),
                        null));
    }

    TestWorld phase(String slot, Phase phase, long mb) {
        return seat(slot, new Seat(phase, "a", gpu(mb), false, true, times(0, 0), null, null));
    }

    static Times times(double quiet, double residence) {
        return new Times(seconds(quiet), seconds(residence), COST, 0, 0);
    }

    TestWorld wish(String slot, String model, double age, long mb) {
        wants.add(new Want(slot, model, Kind.UP, false, seconds(age), gpu(mb)));
        return this;
    }

    TestWorld order(String slot, String model, Kind kind, long mb) {
        wants.add(new Want(slot, model, kind, true, 0, gpu(mb)));
        return this;
    }

    TestWorld want(Want want) {
        wants.add(want);
        return this;
    }

    World world() {
        return new World(Policy.usual(), seats, wants, Map.of(TestMachine.GPU, room));
    }

    Plan plan() {
        return Scheduler.plan(world());
    }

    List<Move> moves() {
        return plan().moves();
    }

    static Duration again(Plan plan) {
        return Duration.ofNanos(plan.again());
    }
}
