package hal0.slots.plan;

import static org.assertj.core.api.Assertions.assertThat;

import hal0.slots.error.SlotException;
import hal0.slots.error.SlotProblem;
import hal0.slots.plan.World.Claim;
import hal0.slots.plan.World.Failure;
import hal0.slots.plan.World.Kind;
import hal0.slots.plan.World.Phase;
import hal0.slots.plan.World.Room;
import hal0.slots.plan.World.Seat;
import hal0.slots.plan.World.Times;
import hal0.slots.plan.World.Want;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class SchedulerTest {
    private static TestWorld world() {
        return new TestWorld();
    }

    private static List<String> evicted(List<Move> moves) {
        return moves.stream()
                .filter(move -> move instanceof Move.Evict)
                .map(Move::slot)
                .sorted()
                .toList();
    }

    @Nested
    class Loading {
        @Test
        void whatFitsIsLoadedAtOnce() {
            assertThat(world().down("s").wish("s", "a", 0, 100).moves())
                    .containsExactly(new Move.Load("s", "a"));
        }

        @Test
        void oneSlotIsLoadedWithOneModelHoweverManyAreWanted() {
            assertThat(world().down("s").wish("s", "a", 1, 10).wish("s", "b", 2, 10).moves())
                    .containsExactly(new Move.Load("s", "b"));
        }

        @Test
        void twoThatFitTogetherAreLoadedTogetherAndTwoThatDoNotInTheirOrder() {
            assertThat(
                            world().down("s")
                                    .down("t")
                                    .wish("s", "a", 1, 50)
                                    .wish("t", "a", 2, 50)
                                    .moves())
                    .hasSize(2);
            assertThat(
                            world().down("s")
                                    .down("t")
                                    .wish("s", "a", 1, 51)
                                    .wish("t", "a", 2, 50)
                                    .moves())
                    .containsExactly(new Move.Load("t", "a"));
        }

        @Test
        void nothingIsDecidedByAnOldLook() {
            assertThat(world().down("s").room(0, false, true).wish("s", "a", 0, 10).moves())
                    .containsExactly(new Move.Look("s"));
        }

        @Test
        void nothingIsLoadedBeforeItsNeedIsKnown() {
            assertThat(world().down("s").want(new Want("s", "a", Kind.UP, false, 0, null)).moves())
                    .isEmpty();
        }

        @Test
        void aGpuThatNobodyCanMeasureHoldsNothingBack() {
            Claim claim = new Claim(new Pool.Gpu("gpu-vulkan", 1), 1_000_000);
            assertThat(world().down("s").want(new Want("s", "a", Kind.UP, false, 0, claim)).moves())
                    .containsExactly(new Move.Load("s", "a"));
        }

        @Test
        void whatNobodyAskedForTakesTheRoomOfNobody() {
            assertThat(
                            world().idle("t", 60, 99)
                                    .down("s")
                                    .order("s", "a", Kind.UP_IF_ROOM, 50)
                                    .moves())
                    .singleElement()
                    .isInstanceOfSatisfying(
                            Move.Forgo.class,
                            forgo -> {
                                assertThat(forgo.slot()).isEqualTo("s");
                                assertThat(forgo.why().message()).contains("50 MiB");
                            });
            assertThat(
                            world().idle("t", 40, 99)
                                    .down("s")
                                    .order("s", "a", Kind.UP_IF_ROOM, 50)
                                    .moves())
                    .containsExactly(new Move.Load("s", "a"));
            assertThat(
                            evicted(
                                    world().idle("t", 60, 99)
                                            .down("s")
                                            .order("s", "a", Kind.UP, 50)
                                            .moves()))
                    .as("an operator means it")
                    .containsExactly("t");
        }

        @Test
        void whatIsLeftDownIsDecidedOnlyOnceNothingMoves() {
            Plan plan =
                    world().room(60, true, false)
                            .down("s")
                            .order("s", "a", Kind.UP_IF_ROOM, 50)
                            .plan();
            assertThat(plan.moves()).isEmpty();
            assertThat(plan.again()).isLessThan(Long.MAX_VALUE);
        }

        @Test
        void anNpuTakesOneLanguageModelAtATime() {
            Claim one = new Claim(new Pool.Npu(), 1);
            Seat idle =
                    new Seat(Phase.UP, "a", one, false, true, TestWorld.times(9, 99), null, null);
            World world =
                    new World(
                            Policy.usual(),
                            Map.of("s", idle, "t", downSeat()),
                            List.of(new Want("t", "a", Kind.UP, false, 0, one)),
                            Map.of(new Pool.Npu(), new Room(1, 0, true, true)));
            assertThat(evicted(Scheduler.plan(world).moves())).containsExactly("s");
        }

        @Test
        void whatFailedIsToldAgainAndLeftAlone() {
            SlotException why = SlotException.of(SlotProblem.LOAD_FAILED, "broken");
            Seat failed =
                    new Seat(
                            Phase.DOWN,
                            null,
                            null,
                            false,
                            true,
                            TestWorld.times(0, 0),
                            null,
                            new Failure("a", false, why));
            assertThat(world().seat("s", failed).wish("s", "a", 0, 10).moves())
                    .containsExactly(new Move.Refuse("s", "a", why));
            assertThat(world().seat("s", failed).wish("s", "b", 0, 10).moves())
                    .as("another model may well work")
                    .containsExactly(new Move.Load("s", "b"));
            assertThat(world().seat("s", failed).order("s", "a", Kind.UP, 10).moves())
                    .containsExactly(new Move.Load("s", "a"));
        }

        @Test
        void whatIsAboutToBeLoadedAgainByItselfIsWaitedFor() {
            Seat resting =
                    new Seat(
                            Phase.DOWN,
                            null,
                            null,
                            false,
                            true,
                            new Times(0, 0, TestWorld.COST, 0, TestWorld.seconds(5)),
                            null,
                            null);
            Plan plan = world().seat("s", resting).wish("s", "a", 0, 10).plan();
            assertThat(plan.moves()).isEmpty();
            assertThat(TestWorld.again(plan)).isEqualTo(Duration.ofSeconds(5));
        }
    }

    private static Seat downSeat() {
        return new Seat(Phase.DOWN, null, null, false, true, TestWorld.times(0, 0), null, null);
    }

    @Nested
    class Evicting {
        @Test
        void theLongestUnusedGoesFirstAndOnlyAsManyAsAreNeeded() {
            assertThat(
                            evicted(
                                    world().idle("old", 30, 90)
                                            .idle("older", 30, 99)
                                            .idle("new", 30, 5)
                                            .down("s")
                                            .wish("s", "a", 0, 40)
                                            .moves()))
                    .containsExactly("older");
        }

        @Test
        void aBigOneSparesTheSmallOnesThatWereChosenBefore() {
            assertThat(
                            evicted(
                                    world().idle("small", 10, 99)
                                            .idle("big", 80, 50)
                                            .down("s")
                                            .wish("s", "a", 0, 60)
                                            .moves()))
                    .containsExactly("big");
        }

        @Test
        void whatIsDearToLoadAgainStaysLonger() {
            Seat dear =
                    new Seat(
                            Phase.UP,
                            "a",
                            TestWorld.gpu(50),
                            false,
                            true,
                            new Times(
                                    TestWorld.seconds(60),
                                    TestWorld.seconds(999),
                                    TestWorld.seconds(120),
                                    0,
                                    0),
                            null,
                            null);
            assertThat(
                            evicted(
                                    world().seat("dear", dear)
                                            .idle("cheap", 50, 20)
                                            .down("s")
                                            .wish("s", "a", 0, 50)
                                            .moves()))
                    .containsExactly("cheap");
        }

        @Test
        void nothingIsEvictedInVain() {
            assertThat(
                            world().idle("idle", 30, 99)
                                    .phase("loading", Phase.LOADING, 60)
                                    .down("s")
                                    .wish("s", "a", 99, 50)
                                    .moves())
                    .isEmpty();
        }

        @Test
        void aSlotIsIdleOnlyAfterItsLinger() {
            Plan plan = world().idle("s", 90, 0.25).down("t").wish("t", "a", 0, 90).plan();
            assertThat(plan.moves()).isEmpty();
            assertThat(TestWorld.again(plan)).isEqualTo(Duration.ofSeconds(1));
        }

        @Test
        void aSlotThatIsKeptForSomebodyStays() {
            Seat kept =
                    new Seat(
                            Phase.UP,
                            "a",
                            TestWorld.gpu(90),
                            false,
                            true,
                            new Times(
                                    TestWorld.seconds(99),
                                    TestWorld.seconds(99),
                                    TestWorld.COST,
                                    TestWorld.seconds(7),
                                    0),
                            null,
                            null);
            Plan plan = world().seat("s", kept).down("t").wish("t", "a", 99, 90).plan();
            assertThat(plan.moves()).isEmpty();
            assertThat(TestWorld.again(plan)).isEqualTo(Duration.ofSeconds(7));
        }

        @Test
        void aBusySlotIsDrainedForOneThatHasWaitedTooLongAfterItsResidency() {
            assertThat(world().busy("s", 90, 99).down("t").wish("t", "a", 4, 90).moves()).isEmpty();
            assertThat(world().busy("s", 90, 19).down("t").wish("t", "a", 9, 90).moves()).isEmpty();
            assertThat(world().busy("s", 90, 20).down("t").wish("t", "a", 5, 90).moves())
                    .containsExactly(new Move.Drain("s", "t"));
        }

        @Test
        void idleSlotsGoBeforeBusyOnes() {
            assertThat(
                            world().busy("busy", 50, 99)
                                    .idle("idle", 50, 2)
                                    .down("s")
                                    .wish("s", "a", 99, 50)
                                    .moves())
                    .hasSize(1)
                    .first()
                    .isInstanceOf(Move.Evict.class);
        }

        @Test
        void whatIsComingFreeIsNotClearedTwice() {
            assertThat(
                            world().phase("going", Phase.UNLOADING, 50)
                                    .idle("idle", 50, 99)
                                    .down("s")
                                    .wish("s", "a", 0, 50)
                                    .moves())
                    .isEmpty();
        }

        @Test
        void whatIsMeantForARipeWishIsNotGivenToAYoungerOne() {
            TestWorld world = world().busy("s", 60, 1).down("big").down("small");
            assertThat(world.wish("big", "a", 9, 90).wish("small", "a", 1, 20).moves()).isEmpty();
        }

        @Test
        void aYoungWishDoesNotHoldUpWhatFits() {
            TestWorld world = world().busy("s", 60, 1).down("big").down("small");
            assertThat(world.wish("big", "a", 2, 90).wish("small", "a", 1, 20).moves())
                    .containsExactly(new Move.Load("small", "a"));
        }
    }

    /// What nobody could estimate or measure counts among what others use.
    @Nested
    class Unmeasured {
        @Test
        void aSlotOfUnknownSizeIsTakenDownBeforeAnythingIsRefused() {
            TestWorld world = world().idle("old", 0, 99).idle("new", 0, 9).down("s");
            assertThat(evicted(world.room(80, true, true).wish("s", "a", 0, 50).moves()))
                    .containsExactly("old");
        }

        @Test
        void theNextOneOnlyOnceItIsKnownWhatTheFirstHeld() {
            TestWorld going = world().phase("old", Phase.UNLOADING, 0).idle("new", 0, 9).down("s");
            assertThat(going.room(80, true, true).wish("s", "a", 0, 50).moves()).isEmpty();
            TestWorld gone = world().idle("new", 0, 9).down("s");
            assertThat(gone.room(80, true, false).wish("s", "a", 0, 50).moves()).isEmpty();
        }

        @Test
        void knownOnesGoFirst() {
            TestWorld world = world().idle("unknown", 0, 99).idle("known", 30, 9).down("s");
            assertThat(evicted(world.room(50, true, true).wish("s", "a", 0, 50).moves()))
                    .containsExactly("known");
        }
    }

    @Nested
    class Swapping {
        @Test
        void anIdleSlotIsSwappedAtOnce() {
            assertThat(evicted(world().idle("s", 50, 9).wish("s", "b", 0, 60).moves()))
                    .containsExactly("s");
        }

        @Test
        void aBusyOneServesItsBatchFirst() {
            Plan young = world().busy("s", 50, 12).wish("s", "b", 9, 60).plan();
            assertThat(young.moves()).isEmpty();
            assertThat(TestWorld.again(young)).isEqualTo(Duration.ofSeconds(8));
            assertThat(world().busy("s", 50, 20).wish("s", "b", 9, 60).moves())
                    .containsExactly(new Move.Drain("s", "s"));
        }

        @Test
        void aBiggerModelTakesFromOthersTooAndNothingHappensUnlessAllCan() {
            assertThat(
                            evicted(
                                    world().idle("s", 40, 9)
                                            .idle("t", 40, 9)
                                            .wish("s", "b", 0, 90)
                                            .moves()))
                    .containsExactly("s", "t");
            assertThat(world().idle("s", 40, 9).busy("t", 40, 1).wish("s", "b", 9, 90).moves())
                    .isEmpty();
        }

        @Test
        void aPinnedSlotKeepsItsModelButForAnOperator() {
            Seat pinned =
                    new Seat(
                            Phase.UP,
                            "a",
                            TestWorld.gpu(50),
                            true,
                            true,
                            TestWorld.times(99, 99),
                            null,
                            null);
            assertThat(world().seat("s", pinned).wish("s", "b", 99, 50).moves())
                    .singleElement()
                    .isInstanceOfSatisfying(
                            Move.Refuse.class,
                            refuse ->
                                    assertThat(refuse.why().problem())
                                            .isEqualTo(SlotProblem.PINNED));
            assertThat(evicted(world().seat("s", pinned).order("s", "b", Kind.UP, 50).moves()))
                    .containsExactly("s");
        }

        @Test
        void anOperatorNeedNotWaitForTheResidency() {
            assertThat(world().busy("s", 50, 0).order("s", "b", Kind.UP, 50).moves())
                    .containsExactly(new Move.Drain("s", "s"));
        }

        @Test
        void anOperatorGoesBeforeOlderWishes() {
            assertThat(
                            world().down("s")
                                    .down("t")
                                    .wish("s", "a", 99, 60)
                                    .order("t", "a", Kind.UP, 60)
                                    .moves())
                    .startsWith(new Move.Load("t", "a"));
        }
    }

    @Nested
    class Draining {
        @Test
        void anEmptySlotIsTakenDown() {
            assertThat(
                            world().draining("s", 90, "t", true, 9)
                                    .down("t")
                                    .wish("t", "a", 9, 90)
                                    .moves())
                    .singleElement()
                    .isEqualTo(new Move.Unload("s", "t needs its memory"));
        }

        @Test
        void aSlotSaysWhoseWordTookItDown() {
            assertThat(
                            world().draining("s", 90, "s", true, 9)
                                    .order("s", null, Kind.DOWN, 0)
                                    .moves())
                    .containsExactly(new Move.Unload("s", "unloaded by hand"));
            assertThat(world().draining("s", 90, "s", true, 9).order("s", "b", Kind.UP, 90).moves())
                    .startsWith(new Move.Unload("s", "another model is wanted"));
        }

        @Test
        void aSlotIsOpenedAgainWhenNobodyWantsItsMemoryAnyMore() {
            assertThat(world().draining("s", 90, "t", false, 9).down("t").moves())
                    .containsExactly(new Move.Reopen("s"));
        }

        @Test
        void whoDoesNotEndInTimeKeepsTheSlotUnlessAnOperatorWantsItDown() {
            assertThat(
                            world().draining("s", 90, "t", false, 0)
                                    .down("t")
                                    .wish("t", "a", 9, 90)
                                    .moves())
                    .containsExactly(new Move.Reopen("s"));
            Seat forced =
                    new Seat(
                            Phase.DRAINING,
                            "a",
                            TestWorld.gpu(90),
                            false,
                            false,
                            TestWorld.times(0, 99),
                            new World.Drained("s", 0, true),
                            null);
            assertThat(world().seat("s", forced).order("s", null, Kind.DOWN, 0).moves())
                    .singleElement()
                    .isInstanceOf(Move.Unload.class);
        }

        @Test
        void unloadingIfIdleLeavesWhatIsUsed() {
            Want letGo = new Want("s", null, Kind.DOWN_IF_IDLE, false, 0, null);
            assertThat(evicted(world().idle("s", 50, 9).want(letGo).moves())).containsExactly("s");
            assertThat(world().busy("s", 50, 99).want(letGo).moves()).isEmpty();
        }
    }

    @Nested
    class Refusing {
        private static SlotException refusal(TestWorld world) {
            assertThat(world.moves()).hasSize(1);
            return ((Move.Refuse) world.moves().getFirst()).why();
        }

        @Test
        void whatIsTooBigIsRefusedWithTheNumbers() {
            SlotException why =
                    refusal(world().down("s").room(20, true, true).wish("s", "a", 0, 81));
            assertThat(why.problem()).isEqualTo(SlotProblem.LOAD_FAILED);
            assertThat(why.retryAfter()).isNull();
            assertThat(why.message())
                    .contains("81 MiB of gpu-cuda:0; of 100 that slots may have, others use 20");
        }

        @Test
        void pinnedSlotsInTheWayAreNamedAsThat() {
            Seat pinned =
                    new Seat(
                            Phase.UP,
                            "a",
                            TestWorld.gpu(50),
                            true,
                            true,
                            TestWorld.times(99, 99),
                            null,
                            null);
            SlotException why = refusal(world().seat("p", pinned).down("s").wish("s", "a", 0, 60));
            assertThat(why.problem()).isEqualTo(SlotProblem.PINNED);
            assertThat(why.details()).containsEntry("pinned", 50L);
        }

        @Test
        void nothingIsRefusedByAMeasurementThatAChangeMayHaveDistorted() {
            Plan plan = world().down("s").room(90, true, false).wish("s", "a", 0, 81).plan();
            assertThat(plan.moves()).isEmpty();
            assertThat(plan.again()).isLessThan(TestWorld.seconds(1));
        }
    }
}
