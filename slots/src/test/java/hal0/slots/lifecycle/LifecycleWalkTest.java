package hal0.slots.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import hal0.slots.lifecycle.SlotState.Answering;
import hal0.slots.lifecycle.SlotState.Broken;
import hal0.slots.lifecycle.SlotState.Next;
import hal0.slots.lifecycle.SlotState.Offline;
import hal0.slots.runtime.Running;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Random lives of a slot over a simulated runtime: whatever happens in whatever order, nothing
/// runs twice, nothing is forgotten, and no slot waits for something that never comes.
class LifecycleWalkTest {
    private static final int LIVES = 20_000;
    private static final int STEPS = 60;

    @Test
    void randomLivesKeepTheirPromises() {
        for (long seed = 0; seed < LIVES; seed++) {
            new Life(seed).live();
        }
    }

    private static final class Life {
        private final long seed;
        private final Random random;
        private final List<Effect> pending = new ArrayList<>();
        private final Set<String> alive = new HashSet<>();
        private final List<SlotEvent> told = new ArrayList<>();
        private final List<String> story = new ArrayList<>();
        private SlotState state = Offline.EMPTY;
        private SlotEvent alarm;
        private boolean cancelled;
        private int ids;
        private Duration now = Duration.ZERO;

        Life(long seed) {
            this.seed = seed;
            this.random = new Random(seed);
        }

        void live() {
            for (int i = 0; i < STEPS; i++) {
                step(anything());
            }
            settle();
        }

        private SlotEvent anything() {
            now = now.plusSeconds(random.nextInt(200));
            if (!told.isEmpty() && random.nextInt(3) > 0) {
                return told.remove(random.nextInt(told.size()));
            }
            if (!pending.isEmpty() && random.nextInt(3) > 0) {
                return done(pending.remove(random.nextInt(pending.size())));
            }
            return switch (random.nextInt(10)) {
                case 0, 1 -> new SlotEvent.Load(random.nextBoolean() ? "qwen" : "llama");
                case 2 -> new SlotEvent.Unload("enough");
                case 3 -> new SlotEvent.Busy();
                case 4 -> new SlotEvent.Quiet();
                case 5 -> new SlotEvent.EngineFound();
                case 6 -> crash();
                case 8 -> new SlotEvent.Found(States.launch("qwen"));
                case 7 -> alarm == null ? new SlotEvent.Quiet() : due();
                default -> new SlotEvent.Unwell("r" + ids, "it hangs");
            };
        }

        private SlotEvent due() {
            SlotEvent event = alarm;
            alarm = null;
            return event;
        }

        private SlotEvent crash() {
            if (alive.isEmpty()) {
                return new SlotEvent.Died("r0", "long ago");
            }
            String id = alive.iterator().next();
            alive.remove(id);
            return new SlotEvent.Died(id, "killed");
        }

        /// What an effect comes to, well or not.
        private SlotEvent done(Effect effect) {
            boolean well = random.nextInt(4) > 0;
            return switch (effect) {
                case Effect.Resolve(var model) ->
                        well
                                ? new SlotEvent.Resolved(
                                        model, States.launch(model), random.nextBoolean())
                                : new SlotEvent.Unresolved(
                                        model,
                                        random.nextBoolean() ? States.ENGINE : States.FAILURE);
                case Effect.Pull _ ->
                        well && !cancelled
                                ? new SlotEvent.Prepared()
                                : new SlotEvent.Failed(States.FAILURE);
                case Effect.Start _ ->
                        well && !(cancelled && random.nextBoolean())
                                ? new SlotEvent.Started(begun())
                                : new SlotEvent.Failed(States.FAILURE);
                case Effect.Probe(_, var running) ->
                        well && !cancelled
                                ? new SlotEvent.Answered(running.id())
                                : new SlotEvent.Unanswered(running.id(), States.FAILURE);
                case Effect.Stop(var running) -> {
                    alive.remove(running.id());
                    yield well
                            ? new SlotEvent.Gone(running.id())
                            : new SlotEvent.NotGone(running.id(), States.ENGINE);
                }
                case Effect.Measure(_, var running) ->
                        new SlotEvent.Measured(running.id(), random.nextInt(100));
                case Effect.Watch(_, var running) ->
                        new SlotEvent.Unwell(running.id(), "its health is bad");
                case Effect.Cancel _, Effect.Wake _, Effect.Offer _, Effect.Want _ ->
                        throw new IllegalStateException("not waited for: " + effect);
            };
        }

        /// A start removes what was left of the slot.
        private Running begun() {
            assertThat(alive.size()).as(this::told).isLessThanOrEqualTo(1);
            alive.clear();
            String id = "r" + ++ids;
            alive.add(id);
            return States.running(id);
        }

        private void step(SlotEvent event) {
            Terms terms = new Terms(now, Duration.ofMinutes(5), Duration.ofMinutes(10));
            Step step = Lifecycle.next(state, event, terms);
            story.add(state.name() + " + " + event + " -> " + step);
            if (step instanceof Step.To(var next, var effects)) {
                assertThat(Edges.allow(state.name(), next.name())).as(this::told).isTrue();
                if (next.name() != state.name()) {
                    alarm = null;
                }
                state = next;
                effects.forEach(this::take);
            }
            check();
        }

        private void take(Effect effect) {
            switch (effect) {
                case Effect.Cancel _ -> {
                    cancelled = true;
                    pending.removeIf(Effect.Watch.class::isInstance);
                }
                case Effect.Wake(_, var event) -> alarm = event;
                case Effect.Want(var model) -> told.add(new SlotEvent.Load(model));
                case Effect.Offer _ -> {
                    if (random.nextBoolean()) {
                        told.add(new SlotEvent.Unload("idle"));
                    }
                }
                case Effect.Resolve _, Effect.Stop _, Effect.Measure _ -> pending.add(effect);
                case Effect.Pull _, Effect.Start _, Effect.Probe _, Effect.Watch _ -> {
                    cancelled = false;
                    pending.add(effect);
                }
            }
        }

        private void check() {
            long starts = pending.stream().filter(Effect.Start.class::isInstance).count();
            long stops = pending.stream().filter(Effect.Stop.class::isInstance).count();
            assertThat(starts).as(this::told).isLessThanOrEqualTo(1);
            assertThat(starts == 0 || stops == 0).as(this::told).isTrue();
            if (state instanceof Answering answering) {
                assertThat(stops).as(this::told).isZero();
                assertThat(answering.up().running().id()).as(this::told).isEqualTo("r" + ids);
            }
        }

        /// Nothing further happens but what was begun: the slot comes to rest, and nothing runs
        /// that its state does not tell of.
        private void settle() {
            for (int i = 0; i < 200; i++) {
                if (!told.isEmpty()) {
                    step(told.removeFirst());
                } else if (pending.stream().anyMatch(e -> !(e instanceof Effect.Watch))) {
                    Effect effect =
                            pending.stream()
                                    .filter(e -> !(e instanceof Effect.Watch))
                                    .findFirst()
                                    .orElseThrow();
                    pending.remove(effect);
                    step(done(effect));
                } else {
                    break;
                }
            }
            switch (state) {
                case Offline offline -> assertThat(offline.wanted()).as(this::told).isNull();
                case Broken broken -> {
                    assertThat(broken.left()).as(this::told).isNull();
                    if (broken.next() instanceof Next.Retry) {
                        assertThat(alarm).as(this::told).isNotNull();
                    }
                    assertThat(broken.next())
                            .as(this::told)
                            .isInstanceOfAny(Next.Rest.class, Next.Parked.class, Next.Retry.class);
                }
                case Answering _ -> {}
                default -> throw new AssertionError("waits for ever: " + told());
            }
            if (state instanceof Offline || state instanceof Broken) {
                assertThat(alive).as(this::told).isEmpty();
            }
        }

        private String told() {
            return "seed %d, %s alive%n%s"
                    .formatted(seed, alive, String.join(System.lineSeparator(), story));
        }
    }
}
