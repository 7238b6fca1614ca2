package hal0.slots.plan;

import static org.assertj.core.api.Assertions.assertThat;

import hal0.slots.definition.SlotSpec;
import hal0.slots.error.SlotException;
import hal0.slots.error.SlotProblem;
import hal0.slots.hardware.Gpu;
import hal0.slots.hardware.Hardware;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;

/// A machine with slots in virtual time: loads take a while, may fail, and what is up may end.
///
/// **Shape** checks at each order what nobody may ever do; everything is decided by the seed.
final class TestMachine implements Lever, Errands, Gate.Porter {
    static final Pool GPU = new Pool.Gpu("gpu-cuda", 0);

    enum Truth {
        DOWN,
        LOADING,
        UP,
        UNLOADING
    }

    /// What a slot really is.
    static final class Slot {
        final Terms terms;
        final Gate gate;
        final Duration load;
        final Map<String, Long> needs = new HashMap<>();
        Truth truth = Truth.DOWN;
        String model;
        long holds;
        int epoch;
        int loads;
        int inside;

        Slot(Terms terms, Gate gate, Duration load) {
            this.terms = terms;
            this.gate = gate;
            this.load = load;
        }
    }

    private record Event(long at, long order, Runnable action) {}

    final Random random;
    final long capacity;
    long others;
    final Map<String, Slot> slots = new HashMap<>();
    final List<String> log = new ArrayList<>();
    final List<String> refused = new ArrayList<>();
    final Desk desk;
    double failing;
    final Set<String> broken = new HashSet<>();
    boolean cutAllowed;
    private final PriorityQueue<Event> events =
            new PriorityQueue<>(
                    Comparator.comparingLong(Event::at).thenComparingLong(Event::order));
    private long now = Duration.ofDays(1).toNanos();
    private long order;
    private long stepAt = Long.MAX_VALUE;
    private boolean changed;

    TestMachine(long seed, long capacity, Arbiter.Settings settings) {
        this.random = new Random(seed);
        this.capacity = capacity;
        this.desk = new Desk(this, this, () -> now, Policy.usual(), settings);
    }

    TestMachine(long seed, long capacity) {
        this(
                seed,
                capacity,
                new Arbiter.Settings(0, false, Duration.ofHours(1), Path.of("unused")));
    }

    static Terms terms(String slot, int maxParallel, boolean pinned) {
        return new Terms(
                slot,
                SlotSpec.Type.LLM,
                SlotSpec.Device.GPU_CUDA,
                maxParallel,
                100,
                pinned,
                true,
                Duration.ofSeconds(120));
    }

    static Terms image(String slot) {
        return new Terms(
                slot,
                SlotSpec.Type.IMAGE,
                SlotSpec.Device.GPU_CUDA,
                1,
                100,
                false,
                true,
                Duration.ofSeconds(120));
    }

    Slot define(Terms terms, Duration load, Map<String, Long> needs) {
        Slot slot = new Slot(terms, new Gate(terms, this, () -> now), load);
        slot.needs.putAll(needs);
        slots.put(terms.slot(), slot);
        desk.define(terms, slot.gate);
        desk.down(terms.slot());
        return slot;
    }

    long now() {
        return now;
    }

    Duration since(long then) {
        return Duration.ofNanos(now - then);
    }

    void after(Duration delay, Runnable action) {
        events.add(new Event(now + delay.toNanos(), order++, action));
    }

    /// Up to that many milliseconds.
    Duration some(int millis) {
        return Duration.ofMillis(1 + random.nextInt(millis));
    }

    /// Lets time pass until nothing is left to happen, or until then.
    void run(Duration atMost) {
        long end = now + atMost.toNanos();
        step();
        while (true) {
            long next = events.isEmpty() ? Long.MAX_VALUE : events.peek().at;
            long at = Math.min(next, stepAt);
            if (at > end || (events.isEmpty() && !pending())) {
                now = Math.max(now, Math.min(at, end));
                return;
            }
            now = Math.max(now, at);
            while (!events.isEmpty() && events.peek().at <= now) {
                events.poll().action.run();
            }
            step();
            check();
        }
    }

    private boolean pending() {
        return stepAt != Long.MAX_VALUE;
    }

    void step() {
        int rounds = 0;
        long again;
        do {
            changed = false;
            again = desk.step();
            holds(again > 0 && rounds++ < 100, "the desk comes to rest");
        } while (changed);
        stepAt = again == Long.MAX_VALUE ? Long.MAX_VALUE : now + again;
    }

    private void check() {
        long held = 0;
        for (Slot slot : slots.values()) {
            held += slot.holds;
            holds(slot.inside <= slot.terms.maxParallel(), "no more inside than may be");
        }
        holds(held <= capacity - others, "our own loads fit into memory");
    }

    /// Asked millions of times: no words are made where all is well.
    private void holds(boolean so, String what) {
        if (!so) {
            throw new AssertionError(what + "\n" + story());
        }
    }

    /// What a failed run is understood by.
    String story() {
        StringBuilder story = new StringBuilder(String.join("\n", log));
        for (Card card : desk.cards()) {
            story.append(
                    "\n%s %s %s charge %s standing %s demands %s line %d truth %s"
                            .formatted(
                                    card.slot(),
                                    card.phase,
                                    card.model,
                                    card.charge,
                                    card.standing,
                                    card.gate.demands(),
                                    card.gate.line(),
                                    slots.get(card.slot()).truth));
        }
        return story.toString();
    }

    @Override
    public void changed() {
        changed = true;
    }

    @Override
    public void flipped(Gate gate) {
        changed = true;
    }

    @Override
    public void check(String slot, String model) {
        throw new AssertionError("the desk must not do that itself");
    }

    @Override
    public Need need(String slot, String model) {
        throw new AssertionError("the desk must not do that itself");
    }

    @Override
    public void appraise(String name, String model) {
        Slot slot = slots.get(name);
        after(
                some(20),
                () -> {
                    Long mb = slot.needs.get(model == null ? "a" : model);
                    if (mb == null) {
                        desk.unfit(
                                name,
                                model,
                                SlotException.of(SlotProblem.CONFIG_ERROR, "no model " + model));
                    } else {
                        desk.appraised(name, model, new Need(GPU, mb));
                    }
                });
    }

    @Override
    public void look() {
        after(
                some(300),
                () -> {
                    long used = others + slots.values().stream().mapToLong(s -> s.holds).sum();
                    desk.looked(hardware(capacity, used));
                });
    }

    static Hardware hardware(long capacity, long used) {
        return new Hardware(
                "cpu",
                2,
                1_000_000,
                900_000,
                List.of(
                        new Gpu(
                                "gpu-cuda",
                                0,
                                null,
                                "H",
                                capacity,
                                used,
                                capacity - used,
                                null,
                                null,
                                null,
                                null,
                                null)),
                List.of(),
                List.of());
    }

    @Override
    public void load(String name, String model) {
        Slot slot = slots.get(name);
        assertThat(slot.truth).as("%s is down when it is loaded", name).isEqualTo(Truth.DOWN);
        slot.truth = Truth.LOADING;
        slot.model = model == null ? "a" : model;
        slot.holds = slot.needs.get(slot.model);
        slot.loads++;
        int epoch = ++slot.epoch;
        log.add(Duration.ofNanos(now).toMillis() + " " + "load %s %s".formatted(name, slot.model));
        check();
        boolean fails = broken.contains(name) || random.nextDouble() < failing;
        after(
                slot.load.plus(some(100)),
                () -> {
                    if (slot.epoch == epoch && fails) {
                        wentDown(slot);
                        desk.failed(
                                name, SlotException.of(SlotProblem.LOAD_FAILED, "it would not"));
                    } else if (slot.epoch == epoch) {
                        slot.truth = Truth.UP;
                        desk.up(name, target(name, slot.model));
                    }
                });
    }

    static Target target(String slot, String model) {
        return new Target(model, URI.create("http://" + slot), null);
    }

    /// Looked at before something is taken down.
    Runnable beforeUnload = () -> {};

    @Override
    public void unload(String name, String why) {
        beforeUnload.run();
        Slot slot = slots.get(name);
        assertThat(slot.truth).isIn(Truth.LOADING, Truth.UP);
        if (!cutAllowed) {
            assertThat(slot.inside).as("requests inside %s, unloaded: %s", name, why).isZero();
        }
        slot.truth = Truth.UNLOADING;
        log.add(Duration.ofNanos(now).toMillis() + " " + "unload %s %s".formatted(name, why));
        int epoch = ++slot.epoch;
        after(
                some(500),
                () -> {
                    if (slot.epoch == epoch) {
                        wentDown(slot);
                        desk.down(name);
                    }
                });
    }

    /// It ends unasked, and its own loop wants it again.
    void crash(Slot slot, Duration again) {
        if (slot.truth == Truth.UP) {
            String model = slot.model;
            wentDown(slot);
            desk.ended(slot.terms.slot(), again);
            after(again, () -> order(slot.terms.slot(), World.Kind.UP, model));
        }
    }

    private void wentDown(Slot slot) {
        slot.epoch++;
        slot.truth = Truth.DOWN;
        slot.model = null;
        slot.holds = 0;
        slot.inside = 0;
    }

    Ticket order(String slot, World.Kind kind, String model) {
        Ticket ticket = new Ticket();
        desk.order(slot, new Card.Standing(kind, model, false, null, now, List.of(ticket)));
        changed = true;
        return ticket;
    }

    @Override
    public void serving(String slot, boolean busy) {}

    @Override
    public void refused(String slot, SlotException why) {
        refused.add(slot + ": " + why.message());
    }
}
