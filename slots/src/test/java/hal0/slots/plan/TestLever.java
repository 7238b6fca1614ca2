package hal0.slots.plan;

import hal0.slots.error.SlotException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;

/// Slots that come up and go down as soon as they are told to, each on a thread of its own; a model
/// that is named `held` comes up when the test says so.
final class TestLever implements Lever {
    final List<String> moves = new CopyOnWriteArrayList<>();
    final List<String> servings = new CopyOnWriteArrayList<>();
    final List<SlotException> refusals = new CopyOnWriteArrayList<>();
    final Map<String, SlotException> unfit = new ConcurrentHashMap<>();
    final Map<String, SlotException> failing = new ConcurrentHashMap<>();
    final AtomicBoolean held = new AtomicBoolean();
    final Arbiter arbiter;
    final Pool pool;
    long needMb = 10;

    TestLever(Path folder) {
        this(folder, TestMachine.GPU, 100);
    }

    TestLever(Path folder, Pool pool, long capacity) {
        this.pool = pool;
        this.arbiter =
                Arbiter.open(
                        this,
                        () -> TestMachine.hardware(capacity, 0),
                        new Arbiter.Settings(
                                0, false, Duration.ofHours(1), folder.resolve("gpu.json")));
    }

    void define(String slot, int maxParallel) {
        arbiter.define(TestMachine.terms(slot, maxParallel, false));
        arbiter.down(slot);
    }

    @Override
    public void check(String slot, String model) {
        SlotException no = unfit.get(slot);
        if (no != null) {
            throw no;
        }
    }

    @Override
    public Need need(String slot, String model) {
        return new Need(pool, needMb);
    }

    @Override
    public void load(String slot, String model) {
        moves.add("load " + slot + " " + model);
        SlotException failure = failing.get(slot);
        if (failure != null) {
            later(() -> arbiter.failed(slot, failure));
        } else if (!held.get()) {
            later(() -> comeUp(slot, model));
        }
    }

    void comeUp(String slot, String model) {
        arbiter.up(slot, TestMachine.target(slot, model == null ? "a" : model));
    }

    @Override
    public void unload(String slot, String why) {
        moves.add("unload " + slot);
        later(() -> arbiter.down(slot));
    }

    private static void later(Runnable report) {
        Thread.ofVirtual().start(report);
    }

    @Override
    public void serving(String slot, boolean busy) {
        servings.add(slot + " " + busy);
    }

    @Override
    public void refused(String slot, SlotException why) {
        refusals.add(why);
    }
}
