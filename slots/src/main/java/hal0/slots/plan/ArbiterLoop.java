package hal0.slots.plan;

import hal0.providers.http.CancelToken;
import hal0.slots.error.SlotException;
import hal0.slots.error.SlotProblem;
import hal0.slots.hardware.Hardware;
import hal0.slots.plan.Card.Standing;
import hal0.slots.plan.World.Kind;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// The thread that owns the desk, and the door to it.
///
/// **Threads** everything that changes the desk goes through the mailbox; requests that get in at
/// once do not come near it.
final class ArbiterLoop implements Arbiter {
    private static final System.Logger LOG = System.getLogger(ArbiterLoop.class.getName());

    /// Requests flip a slot between busy and quiet faster than anybody wants to hear of it.
    private static final long FLIPS_EVERY = Duration.ofMillis(50).toNanos();

    private static final long AFTER_FAULT = Duration.ofSeconds(1).toNanos();

    /// The arbiter waits for nothing, so it answers long before that.
    private static final Duration ANSWERS = Duration.ofSeconds(10);

    private final BlockingQueue<Runnable> mailbox = new LinkedBlockingQueue<>();
    private final Map<String, Gate> gates = new ConcurrentHashMap<>();
    private final Set<Gate> flipped = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean flips = new AtomicBoolean();
    private final AtomicBoolean changes = new AtomicBoolean();
    private final Gate.Porter porter = new Bell();
    private final Lever lever;
    private final Desk desk;
    private final Thread thread;
    private volatile Sharing sharing;
    private volatile boolean closed;
    private long stepAt = System.nanoTime();
    private long flipsAt;
    private boolean flipsDue;

    ArbiterLoop(Lever lever, Hardware.Probe probe, Settings settings) {
        this.lever = lever;
        this.desk =
                new Desk(
                        lever,
                        new Outside(lever, probe, this),
                        System::nanoTime,
                        Policy.usual(),
                        settings);
        this.sharing = desk.sharing();
        this.thread = Thread.ofVirtual().name("slot-arbiter").start(this::run);
    }

    private void run() {
        while (!closed) {
            try {
                turn();
            } catch (InterruptedException _) {
                return; // nobody does, and who did would want it to end
            } catch (Exception e) {
                // One bad turn must not end the care for all slots.
                LOG.log(System.Logger.Level.ERROR, "the arbiter of slots failed at something", e);
                // What fails at once again must fill no log.
                stepAt = System.nanoTime() + AFTER_FAULT;
            }
        }
    }

    private void turn() throws InterruptedException {
        long wakeAt = flipsDue && flipsAt - stepAt < 0 ? flipsAt : stepAt;
        Runnable first = mailbox.poll(wakeAt - System.nanoTime(), TimeUnit.NANOSECONDS);
        for (Runnable next = first; next != null; next = mailbox.poll()) {
            next.run();
        }
        if (flipsDue && System.nanoTime() - flipsAt >= 0) {
            tellFlips();
        }
        long again = Math.min(desk.step(), Duration.ofHours(1).toNanos());
        stepAt = System.nanoTime() + again;
        sharing = desk.sharing();
    }

    private void tellFlips() {
        flipsDue = false;
        flips.set(false);
        Iterator<Gate> gone = flipped.iterator();
        while (gone.hasNext()) {
            Gate gate = gone.next();
            gone.remove();
            gate.noted(false);
            lever.serving(gate.slot(), gate.inside() > 0);
        }
    }

    void post(Runnable report) {
        mailbox.add(report);
    }

    Desk desk() {
        return desk;
    }

    @Override
    public void define(Terms terms) {
        Gate gate =
                gates.compute(
                        terms.slot(),
                        (_, known) ->
                                known == null ? new Gate(terms, porter, System::nanoTime) : known);
        gate.terms(terms);
        post(() -> desk.define(terms, gate));
    }

    @Override
    public void forget(String slot, Runnable done) {
        Gate gate = gates.remove(slot);
        if (gate != null) {
            gate.close(
                    SlotException.of(
                            SlotProblem.NOT_FOUND, "slot \"%s\" was deleted".formatted(slot)));
        }
        post(() -> desk.forget(slot, done));
    }

    @Override
    public Place enter(String slot, @Nullable String model, Duration patience, CancelToken cancel) {
        Gate gate = gates.get(slot);
        if (gate == null) {
            throw SlotException.of(
                    SlotProblem.NOT_FOUND, "there is no slot \"%s\"".formatted(slot));
        }
        Place place = gate.enter(model);
        if (place != null) {
            return place;
        }
        return Patience.await(gate, slot, model, patience, cancel);
    }

    @Override
    public int inFlight(String slot) {
        Gate gate = gates.get(slot);
        return gate == null ? 0 : gate.inside();
    }

    @Override
    public int waiting(String slot) {
        Gate gate = gates.get(slot);
        return gate == null ? 0 : gate.waiting();
    }

    @Override
    public Order load(String slot, @Nullable String model) {
        return order(slot, Kind.UP, model);
    }

    @Override
    public Order wake(String slot) {
        return order(slot, Kind.UP_IF_ROOM, null);
    }

    @Override
    public Order unload(String slot) {
        return order(slot, Kind.DOWN, null);
    }

    private Order order(String slot, Kind kind, @Nullable String model) {
        Ticket ticket = new Ticket();
        Standing wanted =
                new Standing(kind, model, false, null, System.nanoTime(), List.of(ticket));
        post(() -> desk.order(slot, wanted));
        return ticket;
    }

    @Override
    public void comeBack(String slot, @Nullable String model) {
        post(() -> desk.comeBack(slot, model));
    }

    @Override
    public void letGo(String slot) {
        post(() -> desk.letGo(slot));
    }

    @Override
    public Order restart(String slot) {
        Ticket ticket = new Ticket();
        post(() -> desk.restart(slot, ticket));
        return ticket;
    }

    @Override
    public void loading(String slot, @Nullable String model) {
        post(() -> desk.loading(slot, model));
    }

    @Override
    public void progress(String slot, double done, @Nullable Duration left) {
        post(() -> desk.progress(slot, done, left));
    }

    @Override
    public void up(String slot, Target target) {
        post(() -> desk.up(slot, target));
    }

    @Override
    public void down(String slot) {
        shutAtOnce(slot);
        post(() -> desk.down(slot));
    }

    @Override
    public void failed(String slot, SlotException why) {
        shutAtOnce(slot);
        post(() -> desk.failed(slot, why));
    }

    @Override
    public void ended(String slot, Duration again) {
        shutAtOnce(slot);
        post(() -> desk.ended(slot, again));
    }

    /// Nobody is let in to what is gone, not even until the report is read.
    private void shutAtOnce(String slot) {
        Gate gate = gates.get(slot);
        if (gate != null) {
            gate.shut();
        }
    }

    @Override
    public Sharing sharing() {
        return sharing;
    }

    @Override
    public Order gpuMode(String mode, boolean force, boolean pin) {
        Ticket ticket = new Ticket();
        Ticket begun = new Ticket();
        post(() -> {
            desk.mode(mode, force, pin, ticket);
            begun.end(ticket.failure());
        });
        var _ = begun.await(ANSWERS, new CancelToken());
        return ticket;
    }

    @Override
    public void close() {
        closed = true;
        post(() -> {});
        gates.values().forEach(gate -> gate.close(ending()));
        if (!Thread.currentThread().equals(thread)) {
            awaitEnd();
        }
    }

    /// A turn that is under way is the last.
    private void awaitEnd() {
        try {
            thread.join(Duration.ofSeconds(5));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static SlotException ending() {
        return SlotException.of(SlotProblem.CANCELLED, "the relay that runs the slots is ending");
    }

    /// Rings at most once for however much happens before it is heard.
    private final class Bell implements Gate.Porter {
        @Override
        public void changed() {
            if (!changes.get() && changes.compareAndSet(false, true)) {
                post(() -> changes.set(false));
            }
        }

        @Override
        public void flipped(Gate gate) {
            if (!gate.noted(true)) {
                flipped.add(gate);
            }
            if (!flips.get() && flips.compareAndSet(false, true)) {
                post(this::later);
            }
        }

        private void later() {
            flipsDue = true;
            flipsAt = System.nanoTime() + FLIPS_EVERY;
        }
    }
}
