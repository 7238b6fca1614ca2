package hal0.slots.lifecycle;

import static java.lang.System.Logger.Level.DEBUG;
import static java.lang.System.Logger.Level.ERROR;
import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;

import hal0.slots.definition.Definition;
import hal0.slots.runtime.Running;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The one thread that owns a slot's state.
///
/// **Shape** takes events one after the other, asks [Lifecycle] what comes next, writes that down,
/// tells the [Overseer] and has the effects carried out, in this order. **Threads** one of its own;
/// `post` and what is shown of the state from any.
public final class SlotLoop {
    private static final System.Logger LOG = System.getLogger(SlotLoop.class.getName());

    private final String slot;
    private final Supplier<Definition> definition;
    private final Overseer overseer;
    private final Clocks clocks;
    private final Hands hands;
    private final Answers answers;
    private final StateRecord record;
    private final LinkedBlockingQueue<Mail> mailbox = new LinkedBlockingQueue<>();
    private volatile SlotState state;
    private volatile boolean closed;
    private volatile @Nullable Thread thread;
    private Alarm alarm = Alarm.NONE;

    /// What it is told: an event, or that it ends.
    private record Mail(@Nullable SlotEvent event) {}

    /// An event that is due at a moment of the clock that only goes forward.
    private record Alarm(long at, @Nullable SlotEvent event) {
        static final Alarm NONE = new Alarm(0, null);
    }

    /// Two clocks: one that people read, and one in nanoseconds that nobody sets.
    public record Clocks(InstantSource wall, LongSupplier nanos) {
        public static final Clocks SYSTEM = new Clocks(InstantSource.system(), System::nanoTime);
    }

    /// **Shape** `definition` is asked anew for each step: an edit takes effect there.
    public SlotLoop(
            Supplier<Definition> definition,
            StateFile file,
            Workshop workshop,
            Overseer overseer,
            Clocks clocks) {
        this.definition = definition;
        this.slot = definition.get().name();
        this.overseer = overseer;
        this.clocks = clocks;
        this.answers = new Answers(clocks.nanos(), workshop.rhythm().silence());
        this.hands =
                new Hands(
                        slot,
                        workshop,
                        () -> definition.get().loadTimeout(),
                        this::isServing,
                        answers,
                        this::post);
        this.record = new StateRecord(slot, file, clocks);
        this.state = SlotState.Offline.EMPTY;
    }

    public String slot() {
        return slot;
    }

    public SlotState state() {
        return state;
    }

    /// Told by whoever lets requests in.
    public Answers answers() {
        return answers;
    }

    private boolean isServing() {
        return state instanceof SlotState.Serving;
    }

    /// The state as it is written down.
    public SavedState saved() {
        return record.saved();
    }

    /// What runs for it, null when nothing does.
    public @Nullable Running running() {
        return Written.runningOf(state);
    }

    /// What was learned from earlier loads.
    public Experience experience() {
        return record.experience();
    }

    /// Begins where an earlier process left off.
    public SlotLoop start(Beginning beginning) {
        record.know(beginning.experience());
        Thread started =
                Thread.ofVirtual().name("slot-loop-" + slot).unstarted(() -> run(beginning.step()));
        thread = started;
        started.start();
        return this;
    }

    public void post(SlotEvent event) {
        mailbox.add(new Mail(event));
    }

    /// Ends the care for it; what runs goes on running.
    public void close() {
        closed = true;
        mailbox.add(new Mail(null));
    }

    /// Waits until nothing more is written of it, after `close`.
    public void awaitEnd(Duration patience) {
        Thread started = thread;
        if (started == null || started.equals(Thread.currentThread())) {
            return;
        }
        try {
            if (!started.join(patience)) {
                LOG.log(WARNING, "the loop of slot {0} does not end", slot);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void run(Step.To first) {
        if (closed) {
            return; // the home may be another's by now
        }
        move(first);
        try {
            while (!closed) {
                Mail mail = next();
                if (mail != null && mail.event() != null && !closed) {
                    handle(mail.event());
                }
            }
        } catch (InterruptedException e) {
            // Nobody interrupts this thread but the end of the process.
            Thread.currentThread().interrupt();
        }
        hands.cancel("hal0 ends");
        record.flush();
    }

    /// What is told next, or due; null when only the state's record was due.
    private @Nullable Mail next() throws InterruptedException {
        long now = clocks.nanos().getAsLong();
        SlotEvent due = alarm.event();
        if (due != null && alarm.at() - now <= 0) {
            alarm = Alarm.NONE;
            return new Mail(due);
        }
        long wait = due == null ? Long.MAX_VALUE : alarm.at() - now;
        wait = Math.min(wait, record.flushIn(now));
        Mail mail =
                wait == Long.MAX_VALUE ? mailbox.take() : mailbox.poll(wait, TimeUnit.NANOSECONDS);
        if (record.flushIn(clocks.nanos().getAsLong()) <= 0) {
            record.flush();
        }
        return mail;
    }

    /// A fault of ours must not leave a slot without its thread.
    private void handle(SlotEvent event) {
        try {
            Definition terms = definition.get();
            Duration now = Duration.ofNanos(clocks.nanos().getAsLong());
            Step step =
                    Lifecycle.next(
                            state, event, new Terms(now, terms.idleTimeout(), terms.unloadAfter()));
            switch (step) {
                case Step.To to -> move(to);
                case Step.Refused(var why) -> refuse(event, why);
            }
        } catch (RuntimeException e) {
            LOG.log(ERROR, "slot %s: %s in state %s".formatted(slot, event, state.name()), e);
        }
    }

    private void refuse(SlotEvent event, String why) {
        if (event instanceof SlotEvent.Order order) {
            overseer.refused(slot, order, state, why);
        }
    }

    private void move(Step.To to) {
        SlotState before = state;
        SlotState after = to.state();
        if (!after.equals(before) || record.isNew()) {
            if (before.name() != after.name()) {
                alarm = Alarm.NONE;
                // Requests that come and go are not news.
                boolean flip = before.name().isReady() && after.name().isReady();
                LOG.log(
                        flip ? DEBUG : INFO,
                        "slot {0}: {1} -> {2}",
                        slot,
                        before.name().word(),
                        after.name().word());
            }
            record.write(before, after);
            state = after;
            overseer.moved(slot, before, after);
        }
        if (!closed) {
            carryOut(to.effects());
        }
    }

    private void carryOut(List<Effect> effects) {
        for (Effect effect : effects) {
            switch (effect) {
                case Effect.Resolve(var model) -> hands.resolve(model);
                case Effect.Pull(var launch) -> hands.pull(launch);
                case Effect.Start(var launch) -> hands.start(launch);
                case Effect.Probe(var launch, var running) -> hands.probe(launch, running);
                case Effect.Cancel _ -> hands.cancel("slot " + slot + " goes down");
                case Effect.Stop(var running) -> hands.stop(running);
                case Effect.Watch(var launch, var running) -> hands.watch(launch, running);
                case Effect.Measure(var launch, var running) -> hands.measure(launch, running);
                case Effect.Wake(var after, var event) ->
                        alarm = new Alarm(clocks.nanos().getAsLong() + after.toNanos(), event);
                case Effect.Offer _ -> overseer.offered(slot);
                case Effect.Want(var model) -> overseer.wanted(slot, model);
            }
        }
    }
}
