package hal0.slots.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hal0.providers.http.CancelToken;
import hal0.slots.error.SlotException;
import hal0.slots.error.SlotProblem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class GateTest {
    private static final Duration LONG = Duration.ofMinutes(10);
    private static final Target A = TestMachine.target("chat", "a");

    private final AtomicLong clock = new AtomicLong(Duration.ofDays(1).toNanos());
    private final AtomicInteger rings = new AtomicInteger();
    private final AtomicInteger flips = new AtomicInteger();
    private final Gate gate =
            new Gate(
                    TestMachine.terms("chat", 2, false),
                    new Gate.Porter() {
                        @Override
                        public void changed() {
                            rings.incrementAndGet();
                        }

                        @Override
                        public void flipped(Gate from) {
                            flips.incrementAndGet();
                        }
                    },
                    clock::get);

    private Waiter join(String model) {
        return gate.join(model, LONG, () -> {});
    }

    private void pass(Duration time) {
        clock.addAndGet(time.toNanos());
    }

    @Test
    void aShutGateLetsNobodyIn() {
        assertThat(gate.enter(null)).isNull();
        assertThat(join("a").isAnswered()).isFalse();
        assertThat(rings).hasPositiveValue();
    }

    @Test
    void asManyGetInAsMayAndNoMore() {
        gate.open(A);
        assertThat(gate.enter("a")).isNotNull();
        assertThat(gate.enter(null)).isNotNull();
        assertThat(gate.enter("a")).isNull();
        assertThat(gate.inside()).isEqualTo(2);
    }

    @Test
    void anotherModelDoesNotGetIn() {
        gate.open(A);
        assertThat(gate.enter("b")).isNull();
    }

    @Test
    void aPlaceIsGivenBackOnceHoweverOftenItIsClosed() {
        gate.open(A);
        Place place = gate.enter("a");
        place.close();
        place.close();
        assertThat(gate.inside()).isZero();
        assertThat(gate.enter("a")).isNotNull();
        assertThat(gate.enter("a")).isNotNull();
        assertThat(gate.enter("a")).isNull();
    }

    @Test
    void placesGoToWhoWaitsInTheirOrderAndNobodyOvertakes() {
        gate.open(A);
        Place first = gate.enter("a");
        Place second = gate.enter("a");
        Waiter third = join("a");
        Waiter fourth = join(null);
        first.close();
        assertThat(third.isAnswered()).isTrue();
        assertThat(fourth.isAnswered()).isFalse();
        assertThat(gate.enter("a")).as("who comes now does not pass the fourth").isNull();
        second.close();
        assertThat(fourth.isAnswered()).isTrue();
        third.answer().close();
        fourth.answer().close();
        assertThat(gate.inside()).isZero();
        assertThat(gate.line()).isZero();
    }

    @Test
    void openingHandsPlacesToWaitersBeforeAnybodyNewCanTakeThem() {
        Waiter one = join("a");
        Waiter other = join("b");
        Waiter two = join(null);
        Waiter three = join("a");
        gate.open(A);
        assertThat(one.isAnswered()).isTrue();
        assertThat(two.isAnswered()).isTrue();
        assertThat(three.isAnswered()).isFalse();
        assertThat(other.isAnswered()).isFalse();
        assertThat(gate.enter("a")).isNull();
        assertThat(gate.demands()).extracting(Demand::model).containsExactly("b");
    }

    @Test
    void aShutGateKeepsWhoIsInsideAndRingsWhenTheLastLeaves() {
        gate.open(A);
        Place inside = gate.enter("a");
        Waiter never = join("b");
        gate.shut();
        assertThat(gate.enter("a")).isNull();
        assertThat(gate.inside()).isOne();
        int before = rings.get();
        inside.close();
        assertThat(rings.get()).isGreaterThan(before);
        assertThat(gate.inside()).isZero();
        assertThat(never.isAnswered()).isFalse();
    }

    @Test
    void shuttingIfQuietDoesNotShutOutWhoHasJustComeIn() {
        gate.open(A);
        Place place = gate.enter("a");
        assertThat(gate.shutIfQuiet()).isFalse();
        place.close();
        assertThat(gate.shutIfQuiet()).isTrue();
        assertThat(gate.enter("a")).isNull();
    }

    @Test
    void aLineThatIsShutOutWaitsForALoadAgain() {
        gate.open(A);
        Place first = gate.enter("a");
        gate.enter("a");
        Waiter waiter = gate.join("a", Duration.ofSeconds(10), () -> {});
        pass(Duration.ofSeconds(60));
        assertThat(gate.left(waiter)).as("only its turn is missing").isEqualTo(Long.MAX_VALUE);
        assertThat(gate.giveUp(waiter)).isNull();
        gate.shut();
        assertThat(gate.left(waiter)).isEqualTo(Duration.ofSeconds(10).toNanos());
        assertThat(gate.demands()).singleElement().extracting(Demand::waiting).isEqualTo(1);
        gate.reopen();
        first.close();
        assertThat(waiter.isAnswered()).isTrue();
    }

    @Test
    void whatIsGoneIsForgottenWithWhoWasInside() {
        gate.open(A);
        Place old = gate.enter("a");
        gate.drop();
        assertThat(gate.inside()).isZero();
        gate.open(A);
        Place now = gate.enter("a");
        old.close();
        assertThat(gate.inside()).isOne();
        now.close();
        assertThat(gate.inside()).isZero();
    }

    @Test
    void aPromiseKeepsTheWishAndThenTheSlotForAWhile() {
        Waiter waiter = gate.join("a", Duration.ofSeconds(1), () -> {});
        gate.outlook(new Outlook("loading", 0, clock.get() + Duration.ofSeconds(21).toNanos()));
        pass(Duration.ofSeconds(1));
        SlotException told = gate.giveUp(waiter);
        assertThat(told.problem()).isEqualTo(SlotProblem.LOADING);
        assertThat(told.retryAfter()).isEqualTo(Duration.ofSeconds(20));
        assertThat(gate.demands())
                .singleElement()
                .satisfies(demand -> {
                    assertThat(demand.waiting()).isZero();
                    assertThat(demand.since()).isEqualTo(clock.get() - 1_000_000_000L);
                });
        gate.open(A);
        assertThat(gate.demands()).isEmpty();
        assertThat(gate.heldFor()).isEqualTo(Duration.ofSeconds(25).toNanos());
        pass(Duration.ofSeconds(25));
        assertThat(gate.heldFor()).isZero();
    }

    @Test
    void aPromiseToSomebodyWhoNeverComesBackIsForgotten() {
        Waiter waiter = gate.join("a", Duration.ZERO, () -> {});
        gate.giveUp(waiter);
        pass(Duration.ofMinutes(2));
        assertThat(gate.demands()).isEmpty();
    }

    @Test
    void whoIsCancelledLeavesNoWishBehind() {
        Waiter waiter = join("a");
        assertThat(gate.leave(waiter)).isTrue();
        assertThat(gate.demands()).isEmpty();
        assertThat(gate.waiting()).isZero();
    }

    @Test
    void morePlacesLetMoreOfTheLineInAndFewerFewer() {
        gate.open(A);
        Place first = gate.enter("a");
        Place second = gate.enter("a");
        Waiter third = join("a");
        gate.terms(TestMachine.terms("chat", 3, false));
        assertThat(third.isAnswered()).isTrue();
        Waiter fourth = join("a");
        gate.terms(TestMachine.terms("chat", 1, false));
        first.close();
        second.close();
        assertThat(fourth.isAnswered()).as("one is still inside").isFalse();
        third.answer().close();
        assertThat(fourth.isAnswered()).isTrue();
    }

    @Test
    void refusalsReachThoseTheyConcernEachWithAnExceptionOfItsOwn() {
        Waiter a = join("a");
        Waiter b = join("b");
        Waiter again = join("a");
        gate.refuse("a"::equals, SlotException.of(SlotProblem.LOAD_FAILED, "broken"));
        assertThatThrownBy(a::answer).hasMessage("broken");
        assertThatThrownBy(again::answer).isNotSameAs(catching(a));
        assertThat(b.isAnswered()).isFalse();
    }

    private static Throwable catching(Waiter waiter) {
        try {
            waiter.answer();
            return null;
        } catch (SlotException e) {
            return e;
        }
    }

    @Test
    void aPlaceThatIsGrantedWhileItsWaiterIsCancelledGoesToTheNext() throws InterruptedException {
        gate.open(A);
        Place first = gate.enter("a");
        gate.enter("a");
        CancelToken cancel = new CancelToken();
        // It is cancelled by then, and granted before it wakes.
        cancel.onCancel(first::close);
        Thread canceller =
                Thread.startVirtualThread(() -> {
                    while (gate.line() == 0) {
                        LockSupport.parkNanos(100_000);
                    }
                    cancel.cancel("left");
                });
        assertThatThrownBy(() -> Patience.await(gate, "chat", "a", LONG, cancel))
                .isInstanceOf(SlotException.class);
        canceller.join();
        assertThat(gate.inside()).isOne();
        assertThat(gate.enter("a")).isNotNull();
    }

    @Test
    void anInterruptedWaiterLeavesAndStaysInterrupted() {
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> Patience.await(gate, "chat", "a", LONG, new CancelToken()))
                .isInstanceOf(SlotException.class);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(gate.waiting()).isZero();
    }

    /// Comes, goes, shuts, opens, cancels: nobody is ever one too many, and nothing stays behind.
    @Test
    void countsHoldWhileEverybodyRunsAtOnce() throws InterruptedException {
        gate.open(A);
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 64; i++) {
            threads.add(
                    Thread.startVirtualThread(() -> {
                        for (int n = 0; n < 500; n++) {
                            visit(inside, most);
                        }
                    }));
        }
        Thread shutter =
                Thread.startVirtualThread(() -> {
                    for (int n = 0; n < 2_000; n++) {
                        if (gate.shutIfQuiet() || n % 7 == 0) {
                            gate.shut();
                            gate.reopen();
                        }
                        Thread.yield();
                    }
                });
        for (Thread thread : threads) {
            thread.join();
        }
        shutter.join();
        assertThat(most.get()).isBetween(1, 2);
        assertThat(gate.inside()).isZero();
        assertThat(gate.waiting()).isZero();
        assertThat(gate.line()).isZero();
        assertThat(gate.enter("a")).isNotNull();
    }

    private void visit(AtomicInteger inside, AtomicInteger most) {
        CancelToken cancel = new CancelToken();
        if (ThreadLocalRandom.current().nextInt(4) == 0) {
            Thread.startVirtualThread(() -> cancel.cancel("away"));
        }
        Place place = gate.enter("a");
        try {
            if (place == null) {
                place = Patience.await(gate, "chat", "a", LONG, cancel);
            }
        } catch (SlotException _) {
            return; // cancelled, as some are
        }
        most.accumulateAndGet(inside.incrementAndGet(), Math::max);
        inside.decrementAndGet();
        place.close();
    }
}
