package hal0.slots.lifecycle;

import static hal0.slots.lifecycle.States.FAILURE;
import static hal0.slots.lifecycle.States.RUNNING;
import static hal0.slots.lifecycle.States.TERMS;
import static hal0.slots.lifecycle.States.job;
import static hal0.slots.lifecycle.States.launch;
import static hal0.slots.lifecycle.States.up;
import static org.assertj.core.api.Assertions.assertThat;

import hal0.slots.error.SlotProblem;
import hal0.slots.lifecycle.SlotState.Broken;
import hal0.slots.lifecycle.SlotState.Idle;
import hal0.slots.lifecycle.SlotState.Next;
import hal0.slots.lifecycle.SlotState.Offline;
import hal0.slots.lifecycle.SlotState.Pulling;
import hal0.slots.lifecycle.SlotState.Ready;
import hal0.slots.lifecycle.SlotState.Serving;
import hal0.slots.lifecycle.SlotState.Starting;
import hal0.slots.lifecycle.SlotState.Unloading;
import hal0.slots.lifecycle.SlotState.Wanted;
import hal0.slots.lifecycle.SlotState.Warming;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LifecycleTest {
    private static Step.To to(SlotState state, SlotEvent event) {
        return (Step.To) Lifecycle.next(state, event, TERMS);
    }

    private static SlotState after(SlotState state, SlotEvent... events) {
        SlotState now = state;
        for (SlotEvent event : events) {
            now = to(now, event).state();
        }
        return now;
    }

    @Test
    void everyStateTakesEveryEventAlongAnEdge() {
        Set<String> kinds = new HashSet<>();
        for (SlotState state : States.all()) {
            for (SlotEvent event : States.events()) {
                Step step = Lifecycle.next(state, event, TERMS);
                kinds.add(state.getClass().getName() + event.getClass().getName());
                switch (step) {
                    case Step.To(var next, _) ->
                            assertThat(Edges.allow(state.name(), next.name()))
                                    .as("%s + %s -> %s", state, event, next)
                                    .isTrue();
                    case Step.Refused _ ->
                            assertThat(event)
                                    .as("refused in %s", state)
                                    .isInstanceOf(SlotEvent.Order.class);
                }
            }
        }
        assertThat(kinds).hasSize(kindsOf(SlotState.class) * kindsOf(SlotEvent.class));
    }

    /// How many records a sealed family has.
    private static int kindsOf(Class<?> family) {
        if (!family.isSealed()) {
            return 1;
        }
        int kinds = 0;
        for (Class<?> member : family.getPermittedSubclasses()) {
            kinds += kindsOf(member);
        }
        return kinds;
    }

    @Test
    void edgesAreThoseOfTheContract() {
        List<String> edges = new ArrayList<>();
        for (StateName from : StateName.values()) {
            for (StateName to : EnumSet.complementOf(EnumSet.of(from))) {
                if (Edges.allow(from, to)) {
                    edges.add(from.word() + "→" + to.word());
                }
            }
        }
        assertThat(edges)
                .containsExactlyInAnyOrder(
                        "offline→pulling",
                        "offline→starting",
                        "pulling→starting",
                        "pulling→error",
                        "pulling→offline",
                        "starting→warming",
                        "starting→error",
                        "starting→offline",
                        "warming→ready",
                        "warming→idle",
                        "warming→error",
                        "warming→offline",
                        "ready→serving",
                        "ready→idle",
                        "ready→unloading",
                        "ready→error",
                        "serving→ready",
                        "serving→idle",
                        "serving→error",
                        "idle→serving",
                        "idle→unloading",
                        "idle→ready",
                        "idle→error",
                        "unloading→offline",
                        "unloading→error",
                        "error→offline",
                        "error→pulling",
                        "error→starting");
    }

    @Test
    void everyEdgeButOneIsGone() {
        Set<String> gone = new HashSet<>();
        for (SlotState state : States.all()) {
            for (SlotEvent event : States.events()) {
                if (Lifecycle.next(state, event, TERMS) instanceof Step.To(var next, _)
                        && next.name() != state.name()) {
                    gone.add(state.name() + " " + next.name());
                }
            }
        }
        // What was idle and is asked serves first, and is ready after that.
        assertThat(gone).hasSize(27).doesNotContain("IDLE READY");
    }

    @Test
    void ordersAreRefusedWhereTheyCannotBeCarriedOut() {
        List<String> refused = new ArrayList<>();
        for (SlotState state : States.all()) {
            for (SlotEvent event : States.events()) {
                if (Lifecycle.next(state, event, TERMS) instanceof Step.Refused) {
                    refused.add(state.name() + " " + event.getClass().getSimpleName());
                }
            }
        }
        assertThat(new HashSet<>(refused))
                .containsExactlyInAnyOrder(
                        "OFFLINE Unload",
                        "OFFLINE Load",
                        "PULLING Load",
                        "STARTING Load",
                        "WARMING Load",
                        "READY Load",
                        "SERVING Load",
                        "SERVING Unload",
                        "IDLE Load",
                        "UNLOADING Load",
                        "ERROR Load");
    }

    @Test
    void loadGoesFromOfflineThroughPullingToReady() {
        SlotState state = Offline.EMPTY;
        Step.To resolving = to(state, new SlotEvent.Load("qwen"));
        assertThat(resolving.effects()).containsExactly(new Effect.Resolve("qwen"));
        Step.To pulling =
                to(resolving.state(), new SlotEvent.Resolved("qwen", launch("qwen"), false));
        assertThat(pulling.state()).isInstanceOf(Pulling.class);
        Step.To starting = to(pulling.state(), new SlotEvent.Prepared());
        assertThat(starting.effects()).containsExactly(new Effect.Start(launch("qwen")));
        Step.To warming = to(starting.state(), new SlotEvent.Started(RUNNING));
        assertThat(warming.effects()).containsExactly(new Effect.Probe(launch("qwen"), RUNNING));
        Step.To ready = to(warming.state(), new SlotEvent.Answered("one"));
        assertThat(ready.state()).isInstanceOf(Ready.class);
        assertThat(ready.effects())
                .containsExactly(
                        new Effect.Watch(launch("qwen"), RUNNING),
                        new Effect.Measure(launch("qwen"), RUNNING),
                        new Effect.Wake(TERMS.idleTimeout(), new SlotEvent.IdleDue()));
    }

    @Test
    void answerOfSomethingElseMakesNothingReady() {
        Warming warming = new Warming(job(0), RUNNING, null);
        assertThat(after(warming, new SlotEvent.Answered("other"))).isEqualTo(warming);
    }

    @Test
    void whatIsUpWithoutAModelIsIdle() {
        Warming warming = new Warming(new Job(launch(null), 0), RUNNING, null);
        assertThat(after(warming, new SlotEvent.Answered("one"))).isInstanceOf(Idle.class);
        assertThat(
                        after(
                                warming,
                                new SlotEvent.Answered("one"),
                                new SlotEvent.Busy(),
                                new SlotEvent.Quiet()))
                .isInstanceOf(Idle.class);
    }

    @Test
    void quietSlotBecomesIdleThenOffersToGo() {
        Step.To idle = to(new Ready(up()), new SlotEvent.IdleDue());
        assertThat(idle.state()).isInstanceOf(Idle.class);
        assertThat(idle.effects())
                .containsExactly(new Effect.Wake(TERMS.unloadAfter(), new SlotEvent.UnloadDue()));
        Step.To offered = to(idle.state(), new SlotEvent.UnloadDue());
        assertThat(offered.state()).isEqualTo(idle.state());
        assertThat(offered.effects()).contains(new Effect.Offer());
    }

    @Test
    void slotThatIsNeverUnloadedSetsNoAlarm() {
        Terms stays = new Terms(TERMS.now(), TERMS.idleTimeout(), Duration.ZERO);
        Step step = Lifecycle.next(new Ready(up()), new SlotEvent.IdleDue(), stays);
        assertThat(((Step.To) step).effects()).isEmpty();
    }

    @Test
    void firstDeathIsFollowedByARestartAtOnce() {
        Step.To died = to(new Serving(up()), new SlotEvent.Died("one", "killed"));
        assertThat(died.state())
                .isInstanceOfSatisfying(Broken.class, b -> assertThat(b.crashes()).isEqualTo(1));
        assertThat(died.effects())
                .containsExactly(
                        new Effect.Cancel(),
                        new Effect.Wake(Duration.ZERO, new SlotEvent.RetryDue()));
        assertThat(to(died.state(), new SlotEvent.RetryDue()).effects())
                .containsExactly(
                        new Effect.Want("qwen"),
                        new Effect.Wake(Restarts.ROOM, new SlotEvent.RetryDue()));
    }

    @Test
    void pausesGrowUntilItIsLeftAlone() {
        List<Duration> pauses = new ArrayList<>();
        SlotState state = new Ready(up("qwen", 0, TERMS.now()));
        while (to(state, new SlotEvent.Died("one", "x")).state() instanceof Broken broken
                && broken.next() instanceof Next.Retry(var after)) {
            pauses.add(after);
            state = new Ready(up("qwen", broken.crashes(), TERMS.now()));
        }
        assertThat(pauses)
                .containsExactly(
                        Duration.ZERO,
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(20),
                        Duration.ofSeconds(40));
        Broken parked = (Broken) to(state, new SlotEvent.Died("one", "x")).state();
        assertThat(parked.next()).isInstanceOf(Next.Parked.class);
        assertThat(parked.failure().problem()).isEqualTo(SlotProblem.CRASH_LOOPING);
        assertThat(Restarts.pause(60)).isEqualTo(Duration.ofMinutes(5));
    }

    @Test
    void runThatHeldMakesTheNextDeathTheFirst() {
        Up held = up("qwen", 4, TERMS.now().minus(Restarts.HELD));
        Broken broken = (Broken) after(new Ready(held), new SlotEvent.Died("one", "x"));
        assertThat(broken.crashes()).isEqualTo(1);
    }

    @Test
    void whatHangsIsStoppedBeforeItIsStartedAgain() {
        Step.To unwell = to(new Ready(up()), new SlotEvent.Unwell("one", "it hangs"));
        assertThat(unwell.effects()).containsExactly(new Effect.Cancel(), new Effect.Stop(RUNNING));
        assertThat(to(unwell.state(), new SlotEvent.RetryDue()).effects()).isEmpty();
        assertThat(to(unwell.state(), new SlotEvent.Gone("one")).effects())
                .containsExactly(new Effect.Wake(Duration.ZERO, new SlotEvent.RetryDue()));
    }

    @Test
    void failedLoadIsNotRepeatedAndIsStopped() {
        Step.To failed =
                to(new Warming(job(0), RUNNING, null), new SlotEvent.Unanswered("one", FAILURE));
        assertThat(failed.effects()).containsExactly(new Effect.Stop(RUNNING));
        assertThat(to(failed.state(), new SlotEvent.Gone("one")).effects()).isEmpty();
        assertThat(((Broken) failed.state()).next()).isEqualTo(new Next.Rest());
    }

    @Test
    void deathBeforeTheStartWasToldFailsTheLoad() {
        SlotState state =
                after(
                        new Starting(job(0), List.of(), null),
                        new SlotEvent.Died("remnant", "removed"),
                        new SlotEvent.Died("one", "exit code 1"),
                        new SlotEvent.Started(RUNNING));
        assertThat(state)
                .isInstanceOfSatisfying(
                        Broken.class,
                        b -> assertThat(b.failure().message()).contains("exit code 1"));
        assertThat(
                        after(
                                new Starting(job(0), List.of(), null),
                                new SlotEvent.Died("remnant", "removed"),
                                new SlotEvent.Started(RUNNING)))
                .isInstanceOf(Warming.class);
    }

    @Test
    void loadThatIsGivenUpLeavesNothingRunning() {
        Step.To ending = to(new Starting(job(0), List.of(), null), new SlotEvent.Unload("enough"));
        assertThat(ending.effects()).containsExactly(new Effect.Cancel());
        Step.To late = to(ending.state(), new SlotEvent.Started(RUNNING));
        assertThat(late.effects()).containsExactly(new Effect.Stop(RUNNING));
        assertThat(late.state()).isInstanceOf(Starting.class);
        assertThat(after(late.state(), new SlotEvent.Gone("one")))
                .isEqualTo(new Offline(null, null, "enough"));
    }

    @Test
    void missingEngineParksNothing() {
        SlotState state = new Broken(FAILURE, "qwen", 5, null, new Wanted("qwen"));
        for (int i = 0; i < 20; i++) {
            Broken broken = (Broken) after(state, new SlotEvent.Unresolved("qwen", States.ENGINE));
            assertThat(broken.next()).isEqualTo(new Next.Retry(Restarts.ENGINE));
            assertThat(to(broken, new SlotEvent.EngineFound()).effects())
                    .containsExactly(
                            new Effect.Want("qwen"),
                            new Effect.Wake(Restarts.ROOM, new SlotEvent.RetryDue()));
            state = after(broken, new SlotEvent.Load("qwen"));
        }
    }

    @Test
    void operatorBringsBackWhatWasLeftAlone() {
        Broken parked = States.broken(6, null, new Next.Parked());
        SlotState loading =
                after(
                        parked,
                        new SlotEvent.Load("qwen"),
                        new SlotEvent.Resolved("qwen", launch("qwen"), true));
        assertThat(loading)
                .isInstanceOfSatisfying(
                        Starting.class, s -> assertThat(s.job().crashes()).isZero());
    }

    @Test
    void unloadingEndsOffline() {
        Step.To unloading = to(new Ready(up()), new SlotEvent.Unload("enough"));
        assertThat(unloading.state()).isInstanceOf(Unloading.class);
        assertThat(unloading.effects())
                .containsExactly(new Effect.Cancel(), new Effect.Stop(RUNNING));
        assertThat(after(unloading.state(), new SlotEvent.Gone("one")).name())
                .isEqualTo(StateName.OFFLINE);
        assertThat(after(unloading.state(), new SlotEvent.NotGone("one", States.ENGINE)).name())
                .isEqualTo(StateName.ERROR);
    }
}
