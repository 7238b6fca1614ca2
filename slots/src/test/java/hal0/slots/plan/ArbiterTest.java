package hal0.slots.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import hal0.providers.http.CancelToken;
import hal0.slots.definition.SlotSpec;
import hal0.slots.error.SlotException;
import hal0.slots.error.SlotProblem;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ArbiterTest {
    private static final Duration LONG = Duration.ofSeconds(30);

    @TempDir Path folder;
    private TestLever lever;
    private Arbiter arbiter;

    @BeforeEach
    void open() {
        lever = new TestLever(folder);
        arbiter = lever.arbiter;
        lever.define("chat", 4);
    }

    @AfterEach
    void close() {
        arbiter.close();
    }

    private Place enter(@Nullable String model, Duration patience) {
        return arbiter.enter("chat", model, patience, new CancelToken());
    }

    private static void await(BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            LockSupport.parkNanos(1_000_000);
        }
    }

    @Test
    void firstRequestLoadsTheSlotAndEntersIt() {
        try (Place place = enter("a", LONG)) {
            assertThat(place.target().endpoint()).hasHost("chat");
            assertThat(arbiter.inFlight("chat")).isOne();
        }
        assertThat(arbiter.inFlight("chat")).isZero();
        assertThat(lever.moves).containsExactly("load chat a");
    }

    @Test
    void aThousandWaitersAreAllAnsweredByOneLoad() throws InterruptedException {
        lever.held.set(true);
        AtomicInteger entered = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        ConcurrentLinkedQueue<Throwable> failures = new ConcurrentLinkedQueue<>();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            threads.add(
                    Thread.startVirtualThread(() -> {
                        try (Place _ = enter(null, LONG)) {
                            most.accumulateAndGet(arbiter.inFlight("chat"), Math::max);
                            entered.incrementAndGet();
                            Thread.yield();
                        } catch (SlotException e) {
                            failures.add(e);
                        }
                    }));
        }
        await(() -> arbiter.waiting("chat") == 1_000 && !lever.moves.isEmpty());
        lever.comeUp("chat", null);
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(failures).isEmpty();
        assertThat(entered).hasValue(1_000);
        assertThat(most.get()).isLessThanOrEqualTo(4);
        assertThat(lever.moves).hasSize(1);
        assertThat(arbiter.waiting("chat")).isZero();
        assertThat(arbiter.inFlight("chat")).isZero();
    }

    @Test
    void whoDoesNotWaitIsToldWhenToComeBackAndTheLoadGoesOn() throws InterruptedException {
        lever.held.set(true);
        SlotException told =
                catchThrowableOfType(SlotException.class, () -> enter("a", Duration.ZERO));
        assertThat(told.problem()).isEqualTo(SlotProblem.LOADING);
        assertThat(told.retryAfter()).isBetween(Duration.ofSeconds(1), Duration.ofMinutes(1));
        assertThat(told.details()).containsKeys("slot", "state", "retry_after_s", "progress");
        await(() -> lever.moves.contains("load chat a"));
        lever.comeUp("chat", "a");
        enter("a", LONG).close();
        assertThat(lever.moves).hasSize(1);
    }

    @Test
    void theTimeToComeBackFollowsTheProgressOfTheLoad() throws InterruptedException {
        lever.held.set(true);
        catchThrowableOfType(SlotException.class, () -> enter("a", Duration.ZERO));
        await(() -> !lever.moves.isEmpty());
        arbiter.progress("chat", 0.25, Duration.ofSeconds(90));
        SlotException told =
                catchThrowableOfType(SlotException.class, () -> enter("a", Duration.ofMillis(50)));
        assertThat(told.retryAfter()).isBetween(Duration.ofSeconds(85), Duration.ofSeconds(90));
        assertThat(told.details()).containsEntry("progress", 0.25);
    }

    @Test
    void aWaiterThatIsCancelledLeavesAtOnceAndTheLoadGoesOn() throws InterruptedException {
        lever.held.set(true);
        CancelToken cancel = new CancelToken();
        ConcurrentLinkedQueue<SlotException> ends = new ConcurrentLinkedQueue<>();
        Thread waiting =
                Thread.startVirtualThread(() -> {
                    try {
                        arbiter.enter("chat", "a", LONG, cancel).close();
                    } catch (SlotException e) {
                        ends.add(e);
                    }
                });
        await(() -> !lever.moves.isEmpty());
        cancel.cancel("the client left");
        waiting.join();
        assertThat(ends)
                .singleElement()
                .satisfies(end -> {
                    assertThat(end.problem()).isEqualTo(SlotProblem.CANCELLED);
                    assertThat(end).hasMessageContaining("the client left");
                });
        assertThat(arbiter.waiting("chat")).isZero();
        lever.comeUp("chat", "a");
        enter("a", LONG).close();
        assertThat(lever.moves).containsExactly("load chat a");
    }

    @Test
    void whoIsCancelledAlreadyStartsNothing() {
        CancelToken cancel = new CancelToken();
        cancel.cancel("gone");
        assertThatThrownBy(() -> arbiter.enter("chat", "a", LONG, cancel))
                .isInstanceOf(SlotException.class);
        assertThat(arbiter.waiting("chat")).isZero();
        assertThat(arbiter.inFlight("chat")).isZero();
    }

    @Test
    void aLoadThatFailsIsToldToAllWhoWaitAndIsNotTriedAgainAtOnce() {
        lever.failing.put("chat", SlotException.of(SlotProblem.LOAD_FAILED, "no such layer"));
        for (int i = 0; i < 3; i++) {
            SlotException told = catchThrowableOfType(SlotException.class, () -> enter("a", LONG));
            assertThat(told.problem()).isEqualTo(SlotProblem.LOAD_FAILED);
            assertThat(told).hasMessageContaining("no such layer");
        }
        assertThat(lever.moves).containsExactly("load chat a");
    }

    @Test
    void whoHasTakenTheRoomOfWhatDiedKeepsIt() {
        lever.needMb = 60;
        lever.define("other", 4);
        enter("b", LONG).close();
        arbiter.ended("chat", Duration.ofMinutes(5));
        Place busy = arbiter.enter("other", "a", LONG, new CancelToken());
        arbiter.comeBack("chat", "b");
        await(() -> lever.refusals.size() == 1);
        busy.close();
        arbiter.comeBack("chat", "b");
        await(() -> lever.refusals.size() == 2);
        assertThat(lever.moves).containsExactly("load chat b", "load other a");
        assertThat(arbiter.unload("other").await(LONG, new CancelToken())).isTrue();
        arbiter.comeBack("chat", "b");
        enter(null, LONG).close();
        assertThat(lever.moves).endsWith("unload other", "load chat b");
    }

    @Test
    void requestForWhatDiedStillMeansTheModelThatItHad() {
        lever.needMb = 60;
        lever.define("other", 4);
        enter("b", LONG).close();
        arbiter.ended("chat", Duration.ofMinutes(5));
        arbiter.enter("other", "a", LONG, new CancelToken()).close();
        arbiter.comeBack("chat", "b");
        await(() -> lever.refusals.size() == 1);
        enter(null, LONG).close();
        assertThat(lever.moves).endsWith("unload other", "load chat b");
    }

    @Test
    void whatDiedDoesNotComeBackAgainstALaterOrder() {
        enter("b", LONG).close();
        lever.held.set(true);
        arbiter.ended("chat", Duration.ofMinutes(5));
        Order load = arbiter.load("chat", "c");
        arbiter.comeBack("chat", "b");
        await(() -> lever.moves.contains("load chat c"));
        lever.comeUp("chat", "c");
        assertThat(load.await(LONG, new CancelToken())).isTrue();
        assertThat(lever.moves).doesNotHaveDuplicates();
    }

    @Test
    void anOperatorMayTryAgainWhatFailed() {
        lever.failing.put("chat", SlotException.of(SlotProblem.CRASH_LOOPING, "five times"));
        assertThatThrownBy(() -> enter("a", LONG)).hasMessageContaining("five times");
        lever.failing.clear();
        assertThatThrownBy(() -> enter("a", LONG)).hasMessageContaining("five times");
        assertThat(arbiter.load("chat", "a").await(LONG, new CancelToken())).isTrue();
        enter("a", LONG).close();
    }

    @Test
    void aModelThatCannotBeIsRefusedBeforeAnythingIsTouched() {
        enter("a", LONG).close();
        lever.unfit.put("chat", SlotException.of(SlotProblem.CONFIG_ERROR, "no model nix"));
        assertThatThrownBy(() -> enter("nix", LONG)).hasMessageContaining("no model nix");
        assertThatThrownBy(() -> arbiter.load("chat", "nix").await(LONG, new CancelToken()))
                .hasMessageContaining("no model nix");
        enter("a", LONG).close();
        assertThat(lever.moves).containsExactly("load chat a");
        assertThat(lever.refusals).hasSize(1);
    }

    @Test
    void whatNeverFitsIsRefusedWithTheNumbers() {
        lever.needMb = 101;
        SlotException told = catchThrowableOfType(SlotException.class, () -> enter("a", LONG));
        assertThat(told.problem()).isEqualTo(SlotProblem.LOAD_FAILED);
        assertThat(told.details())
                .containsEntry("need", 101L)
                .containsEntry("capacity", 100L)
                .containsEntry("others", 0L)
                .containsEntry("pinned", 0L);
        assertThat(lever.moves).isEmpty();
    }

    @Test
    void moreThanMayStandInLineAreTurnedAway() throws InterruptedException {
        arbiter.define(
                new Terms("chat", SlotSpec.Type.LLM, SlotSpec.Device.CPU, 1, 1, false, true, LONG));
        Place inside = enter("a", LONG);
        Thread second = Thread.startVirtualThread(() -> enter("a", LONG).close());
        await(() -> arbiter.waiting("chat") == 1);
        SlotException told = catchThrowableOfType(SlotException.class, () -> enter("a", LONG));
        assertThat(told.problem()).isEqualTo(SlotProblem.QUEUE_FULL);
        assertThat(told.retryAfter()).isPositive();
        inside.close();
        second.join();
        assertThat(arbiter.inFlight("chat")).isZero();
    }

    @Test
    void swapDrainsFirstAndNobodyInLineIsLost() throws InterruptedException {
        Place inside = enter(null, LONG);
        Order swap = arbiter.load("chat", "b");
        await(() -> arbiter.sharing().holdings().getFirst().phase().equals("draining"));
        ConcurrentLinkedQueue<String> models = new ConcurrentLinkedQueue<>();
        Thread late =
                Thread.startVirtualThread(() -> {
                    try (Place place = enter(null, LONG)) {
                        models.add(place.target().model());
                    }
                });
        await(() -> arbiter.waiting("chat") == 1);
        assertThat(lever.moves).containsExactly("load chat null");
        inside.close();
        assertThat(swap.await(LONG, new CancelToken())).isTrue();
        late.join();
        assertThat(models).containsExactly("b");
    }

    @Test
    void restartComesBackWithTheModelThatItHad() {
        enter("b", LONG).close();
        assertThat(arbiter.restart("chat").await(LONG, new CancelToken())).isTrue();
        assertThat(lever.moves).containsExactly("load chat b", "unload chat", "load chat b");
    }

    @Test
    void aLaterOrderEndsTheEarlierOne() throws InterruptedException {
        lever.held.set(true);
        Order load = arbiter.load("chat", "a");
        await(() -> !lever.moves.isEmpty());
        Order unload = arbiter.unload("chat");
        assertThatThrownBy(() -> load.await(LONG, new CancelToken()))
                .hasMessageContaining("came after this one");
        assertThat(unload.await(LONG, new CancelToken())).isTrue();
    }

    @Test
    void whatHasEndedLetsNobodyInAndWhoCameWaitsForItsReturn() throws InterruptedException {
        enter("a", LONG).close();
        arbiter.ended("chat", Duration.ofMillis(20));
        try (Place place = enter("a", LONG)) {
            assertThat(place.target().model()).isEqualTo("a");
        }
        assertThat(lever.moves).containsExactly("load chat a", "load chat a");
    }

    @Test
    void whatHasEndedReturnsWithTheModelThatItHad() throws InterruptedException {
        enter("b", LONG).close();
        arbiter.ended("chat", Duration.ZERO);
        try (Place place = enter(null, LONG)) {
            assertThat(place.target().model()).isEqualTo("b");
        }
        arbiter.ended("chat", Duration.ZERO);
        arbiter.load("chat", null).await(LONG, new CancelToken());
        assertThat(lever.moves)
                .as("an operator means the default")
                .containsExactly("load chat b", "load chat b", "load chat null");
    }

    @Test
    void letGoTakesDownWhatNobodyUsesAndNothingElse() throws InterruptedException {
        try (Place _ = enter("a", LONG)) {
            arbiter.letGo("chat");
            arbiter.load("chat", "a").await(LONG, new CancelToken());
            assertThat(lever.moves).hasSize(1);
        }
        arbiter.letGo("chat");
        await(() -> lever.moves.contains("unload chat"));
    }

    @Test
    void aDeletedSlotDrainsAndRefusesWhoWaits() throws InterruptedException {
        CountDownLatch gone = new CountDownLatch(1);
        Place inside = enter("a", LONG);
        arbiter.forget("chat", gone::countDown);
        assertThatThrownBy(() -> enter("a", LONG))
                .isInstanceOfSatisfying(
                        SlotException.class,
                        e -> assertThat(e.problem()).isEqualTo(SlotProblem.NOT_FOUND));
        assertThat(lever.moves).hasSize(1);
        inside.close();
        gone.await();
        assertThat(lever.moves).containsExactly("load chat a", "unload chat");
    }

    @Test
    void nothingIsLoadedIntoASlotThatHasNotSaidWhatItIs() throws InterruptedException {
        arbiter.define(TestMachine.terms("new", 1, false));
        assertThatThrownBy(
                        () -> arbiter.enter("new", null, Duration.ofMillis(50), new CancelToken()))
                .isInstanceOf(SlotException.class);
        assertThat(lever.moves).isEmpty();
        arbiter.loading("new", "a");
        arbiter.up("new", TestMachine.target("new", "a"));
        arbiter.enter("new", "a", LONG, new CancelToken()).close();
        assertThat(lever.moves).isEmpty();
    }

    @Test
    void closingAnswersWhoWaits() throws InterruptedException {
        lever.held.set(true);
        ConcurrentLinkedQueue<SlotProblem> ends = new ConcurrentLinkedQueue<>();
        Thread waiting =
                Thread.startVirtualThread(() -> {
                    try {
                        enter("a", LONG).close();
                    } catch (SlotException e) {
                        ends.add(e.problem());
                    }
                });
        await(() -> arbiter.waiting("chat") == 1);
        arbiter.close();
        waiting.join();
        assertThat(ends).containsExactly(SlotProblem.CANCELLED);
        assertThatThrownBy(() -> enter("a", LONG)).isInstanceOf(SlotException.class);
    }

    @Test
    void busyAndQuietAreTold() throws InterruptedException {
        try (Place _ = enter("a", LONG)) {
            await(() -> lever.servings.contains("chat true"));
        }
        await(() -> lever.servings.getLast().equals("chat false"));
    }

    /// Threads come, wait, are cancelled, are served, while the slot is swapped under them.
    @Test
    void nothingIsLeftBehindUnderStress() throws InterruptedException {
        lever.define("other", 2);
        lever.needMb = 60;
        AtomicInteger answered = new AtomicInteger();
        ConcurrentLinkedQueue<Throwable> wrong = new ConcurrentLinkedQueue<>();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            threads.add(Thread.startVirtualThread(() -> visit(answered, wrong)));
        }
        for (int i = 0; i < 20; i++) {
            var _ = arbiter.load("chat", i % 2 == 0 ? "a" : "b");
            visit(answered, wrong);
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(wrong).isEmpty();
        assertThat(answered).hasValue(2_020);
        for (String slot : List.of("chat", "other")) {
            assertThat(arbiter.inFlight(slot)).isZero();
            assertThat(arbiter.waiting(slot)).isZero();
        }
    }

    private void visit(AtomicInteger answered, ConcurrentLinkedQueue<Throwable> wrong) {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        CancelToken cancel = new CancelToken();
        if (random.nextInt(3) == 0) {
            Thread.startVirtualThread(() -> cancel.cancel("away"));
        }
        String slot = random.nextInt(20) == 0 ? "other" : "chat";
        try (Place place =
                arbiter.enter(slot, null, Duration.ofMillis(random.nextInt(300)), cancel)) {
            if (!place.target().endpoint().getHost().equals(slot)) {
                wrong.add(new AssertionError("let in elsewhere"));
            }
            Thread.yield();
        } catch (SlotException e) {
            boolean expected =
                    switch (e.problem()) {
                        case LOADING, CANCELLED, QUEUE_FULL -> true;
                        default -> false;
                    };
            if (!expected) {
                wrong.add(e);
            }
        }
        answered.incrementAndGet();
    }
}
