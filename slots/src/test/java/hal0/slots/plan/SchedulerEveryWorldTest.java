package hal0.slots.plan;

import static org.assertj.core.api.Assertions.assertThat;

import hal0.slots.plan.World.Claim;
import hal0.slots.plan.World.Drained;
import hal0.slots.plan.World.Kind;
import hal0.slots.plan.World.Phase;
import hal0.slots.plan.World.Room;
import hal0.slots.plan.World.Seat;
import hal0.slots.plan.World.Times;
import hal0.slots.plan.World.Want;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/// Every world of two slots on one GPU, with every want of one of them: what may never be done, and
/// that something is done or waited for.
class SchedulerEveryWorldTest {
    private static final boolean[] BOTH = {true, false};

    private static List<Seat> seats() {
        List<Seat> seats = new ArrayList<>();
        for (Phase phase : Phase.values()) {
            for (boolean pinned : BOTH) {
                for (boolean empty : BOTH) {
                    for (boolean held : BOTH) {
                        for (boolean old : BOTH) {
                            seats.add(seat(phase, pinned, empty, held, old));
                        }
                    }
                }
            }
        }
        return seats;
    }

    private static Seat seat(
            Phase phase, boolean pinned, boolean empty, boolean held, boolean old) {
        boolean nothing = phase == Phase.DOWN || phase == Phase.UNKNOWN;
        double time = old ? 1000 : 0.1;
        return new Seat(
                phase,
                nothing ? null : "a",
                nothing ? null : TestWorld.gpu(60),
                pinned,
                empty,
                new Times(
                        TestWorld.seconds(time),
                        TestWorld.seconds(time),
                        TestWorld.COST,
                        held ? TestWorld.seconds(3) : 0,
                        0),
                phase == Phase.DRAINING
                        ? new Drained("s", TestWorld.seconds(old ? 0 : 9), false)
                        : null,
                null);
    }

    private static List<Want> wants() {
        Claim fits = TestWorld.gpu(50);
        Claim alone = TestWorld.gpu(90);
        List<Want> wants = new ArrayList<>();
        for (Claim claim : List.of(fits, alone)) {
            for (String model : List.of("a", "b")) {
                wants.add(new Want("s", model, Kind.UP, false, TestWorld.seconds(1), claim));
                wants.add(new Want("s", model, Kind.UP, false, TestWorld.seconds(60), claim));
                wants.add(new Want("s", model, Kind.UP, true, 0, claim));
            }
            wants.add(new Want("s", null, Kind.UP_IF_ROOM, true, 0, claim));
        }
        wants.add(new Want("s", null, Kind.DOWN, true, 0, null));
        wants.add(new Want("s", null, Kind.DOWN_IF_IDLE, false, 0, null));
        return wants;
    }

    private static void everyWorld(Consumer<World> test) {
        List<Seat> seats = seats();
        for (Seat one : seats) {
            for (Seat two : seats) {
                for (Want want : wants()) {
                    World world =
                            new World(
                                    Policy.usual(),
                                    Map.of("s", one, "t", two),
                                    List.of(want),
                                    Map.of(TestMachine.GPU, new Room(120, 0, true, true)));
                    try {
                        test.accept(world);
                    } catch (AssertionError e) {
                        throw new AssertionError(
                                world + "\n" + Scheduler.plan(world) + "\n" + e.getMessage(), e);
                    }
                }
            }
        }
    }

    @Test
    void nothingForbiddenIsEverDone() {
        everyWorld(world -> {
            Want want = world.wants().getFirst();
            List<Move> moves = Scheduler.plan(world).moves();
            boolean refused = moves.stream().anyMatch(Move.Refuse.class::isInstance);
            for (Move move : moves) {
                if (!(refused && move instanceof Move.Reopen)) {
                    check(move, world.seats().get(move.slot()), want);
                }
            }
            assertThat(
                            moves.stream()
                                    .filter(move -> !(move instanceof Move.Refuse))
                                    .map(Move::slot)
                                    .toList())
                    .as("one move for a slot")
                    .doesNotHaveDuplicates();
            checkMemory(world, moves);
        });
    }

    private static void check(Move move, Seat seat, Want want) {
        boolean own = want.ordered() && move.slot().equals(want.slot());
        switch (move) {
            case Move.Evict _ -> {
                assertThat(seat.phase()).isEqualTo(Phase.UP);
                assertThat(seat.empty()).isTrue();
                if (!own) {
                    assertThat(want.kind()).isNotEqualTo(Kind.UP_IF_ROOM);
                    assertThat(seat.pinned()).isFalse();
                    assertThat(seat.times().held()).isZero();
                }
            }
            case Move.Drain _ -> {
                assertThat(seat.phase()).isEqualTo(Phase.UP);
                if (!own) {
                    assertThat(seat.pinned()).isFalse();
                    assertThat(seat.times().held()).isZero();
                    assertThat(want.age()).isGreaterThanOrEqualTo(TestWorld.seconds(5));
                    assertThat(seat.times().residence()).isGreaterThanOrEqualTo(2 * TestWorld.COST);
                }
            }
            case Move.Reopen _ -> {
                assertThat(seat.phase()).isEqualTo(Phase.DRAINING);
                assertThat(seat.empty() && want.kind().isUp() && !seat.serves(want.model()))
                        .as("drained for nothing")
                        .isFalse();
            }
            case Move.Unload _ when own && seat.phase() == Phase.LOADING ->
                    assertThat(seat.serves(want.model()) && want.kind().isUp()).isFalse();
            case Move.Unload _ ->
                    assertThat(seat.phase() == Phase.DRAINING && seat.empty()).isTrue();
            case Move.Load load -> {
                assertThat(seat.phase()).isEqualTo(Phase.DOWN);
                assertThat(load.slot()).isEqualTo(want.slot());
                assertThat(load.model()).isEqualTo(want.model());
            }
            case Move.Forgo forgo -> {
                assertThat(want.kind()).isEqualTo(Kind.UP_IF_ROOM);
                assertThat(forgo.slot()).isEqualTo(want.slot());
            }
            case Move.Refuse refuse -> assertThat(refuse.slot()).isEqualTo(want.slot());
            case Move.Look _ -> throw new AssertionError("the last look is fresh");
        }
    }

    private static void checkMemory(World world, List<Move> moves) {
        long held =
                world.seats().values().stream()
                        .mapToLong(seat -> seat.holds(TestMachine.GPU))
                        .sum();
        for (Move move : moves) {
            if (move instanceof Move.Load) {
                long more = world.wants().getFirst().claim().amount();
                assertThat(held + more).isLessThanOrEqualTo(120);
            }
        }
    }

    /// Whoever waits is answered by a move, by a time to look again, or by what is under way or in
    /// use: that tells when it ends.
    @Test
    void nobodyIsForgotten() {
        everyWorld(world -> {
            Want want = world.wants().getFirst();
            Plan plan = Scheduler.plan(world);
            Seat own = world.seats().get("s");
            boolean so =
                    switch (want.kind()) {
                        case UP, UP_IF_ROOM -> own.phase() == Phase.UP && own.serves(want.model());
                        case DOWN -> own.phase() == Phase.DOWN;
                        case DOWN_IF_IDLE -> true;
                    };
            boolean underWay =
                    world.seats().values().stream()
                            .anyMatch(seat ->
                                    switch (seat.phase()) {
                                        case UNKNOWN, LOADING, UNLOADING -> true;
                                        case DOWN, UP, DRAINING -> false;
                                    });
            assertThat(so || underWay || !plan.moves().isEmpty() || plan.again() < Long.MAX_VALUE)
                    .isTrue();
        });
    }
}
