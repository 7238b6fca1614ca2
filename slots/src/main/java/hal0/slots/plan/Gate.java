package hal0.slots.plan;

import hal0.slots.error.SlotException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Where requests enter a slot and wait for it.
///
/// **Shape** open for one target or shut; a place that is given back goes to who has waited longest
/// for what the gate is open for, so nobody who comes later overtakes. **Errors** [SlotException].
/// **Threads** any; getting in where there is room and nobody waits takes no lock.
final class Gate {

    /// Who hears of what happens at a gate.
    ///
    /// **Threads** called on whatever thread it happens on, also under the gate's lock: notes it
    /// and returns.
    interface Porter {
        /// Somebody waits for what the gate is not open for, or does so no longer; or the last has
        /// left a gate that is shut.
        void changed();

        /// Requests are under way now, or no longer.
        void flipped(Gate gate);
    }

    private final String slot;
    private final Porter porter;
    private final LongSupplier clock;
    private final Object lock = new Object();
    private final Set<Waiter> queue = new LinkedHashSet<>();
    private final Promises promises = new Promises();
    private volatile @Nullable Opening opening;
    private volatile long quietSince;
    private Terms terms;
    private Outlook outlook;
    private @Nullable SlotException closed;
    private volatile boolean noted;
    private int line;

    Gate(Terms terms, Porter porter, LongSupplier clock) {
        this.slot = terms.slot();
        this.terms = terms;
        this.porter = porter;
        this.clock = clock;
        this.quietSince = clock.getAsLong();
        this.outlook = new Outlook("offline", 0, quietSince);
    }

    /// A place, if there is one at once.
    @Nullable Place enter(@Nullable String model) {
        Opening open = opening;
        return open != null && open.target().serves(model) && open.take() ? open.place() : null;
    }

    /// Waits for a place; `wake` is run when the waiter should look again.
    ///
    /// **Errors** `QUEUE_FULL`.
    Waiter join(@Nullable String model, Duration patience, Runnable wake) {
        Waiter waiter = new Waiter(model, clock.getAsLong(), nanos(patience), wake);
        synchronized (lock) {
            if (closed != null) {
                throw closed.with(closed.details());
            }
            Opening open = opening;
            if (open == null || open.isShut() || !open.target().serves(model)) {
                queue.add(waiter);
                porter.changed();
                return waiter;
            }
            if (line >= terms.queueLimit() && !(line == 0 && open.inside() < terms.maxParallel())) {
                throw outlook.full(slot, open.inside(), line);
            }
            // First in line, then served: a place that is given back at this very moment is seen
            // either by its giver or here.
            waiter.lineUp();
            queue.add(waiter);
            line++;
            serve(open);
        }
        return waiter;
    }

    /// How long the waiter can still wait: null when it has its answer.
    @Nullable Long left(Waiter waiter) {
        synchronized (lock) {
            return waiter.isAnswered() ? null : waiter.left(clock.getAsLong());
        }
    }

    /// The waiter goes; false when it was answered before.
    boolean leave(Waiter waiter) {
        synchronized (lock) {
            if (!remove(waiter)) {
                return false;
            }
        }
        porter.changed();
        return true;
    }

    /// The waiter has lost patience: its wish stays for a while, and it is told when to come back.
    /// Null when it was answered before or stands in line by now.
    @Nullable SlotException giveUp(Waiter waiter) {
        SlotException told;
        synchronized (lock) {
            if (waiter.isInLine() || !remove(waiter)) {
                return null;
            }
            long now = clock.getAsLong();
            Duration later = outlook.later(now);
            promises.promise(waiter.model(), waiter.since(), now + later.toNanos());
            told = outlook.loading(slot, waiter.model(), later);
        }
        porter.changed();
        return told;
    }

    private boolean remove(Waiter waiter) {
        if (!queue.remove(waiter)) {
            return false;
        }
        if (waiter.isInLine() && --line == 0) {
            Opening open = opening;
            if (open != null) {
                open.line(false);
            }
        }
        return true;
    }

    /// Opens it for a slot that has come up: who waits for that gets in at once, as many as there
    /// are places.
    void open(Target target) {
        synchronized (lock) {
            Opening open = new Opening(target, new Inside(), terms.maxParallel());
            promises.keep(target, clock.getAsLong());
            quietSince = clock.getAsLong();
            open.line(true); // nobody overtakes who has waited
            opening = open;
            lineUp(open);
        }
    }

    /// Lets requests in again after `shut`.
    void reopen() {
        synchronized (lock) {
            Opening open = opening;
            if (open != null && open.isShut()) {
                open.line(true);
                open.shut(false);
                lineUp(open);
            }
        }
    }

    private void lineUp(Opening open) {
        for (Waiter waiter : queue) {
            if (open.target().serves(waiter.model())) {
                waiter.lineUp();
                line++;
            }
        }
        serve(open);
    }

    /// Gives free places to the line, and makes sure that nobody passes it.
    private void serve(Opening open) {
        Iterator<Waiter> waiters = queue.iterator();
        while (line > 0 && waiters.hasNext()) {
            Waiter waiter = waiters.next();
            if (waiter.isInLine()) {
                open.line(true);
                if (!open.takeForLine()) {
                    return;
                }
                waiters.remove();
                line--;
                waiter.grant(open.place());
                waiter.wake();
            }
        }
        open.line(line > 0);
    }

    /// Nobody new gets in. Who stands in line waits for a load again.
    void shut() {
        synchronized (lock) {
            Opening open = opening;
            if (open != null && !open.isShut()) {
                open.shut(true);
                sendBack(open);
            }
        }
    }

    /// Shuts it if nobody is inside or in line at this moment.
    boolean shutIfQuiet() {
        synchronized (lock) {
            Opening open = opening;
            return open != null && line == 0 && open.shutIfEmpty();
        }
    }

    /// Shuts it and forgets who is inside: what they use is gone.
    void drop() {
        synchronized (lock) {
            Opening open = opening;
            if (open != null) {
                open.shut(true);
                sendBack(open);
                opening = null;
            }
        }
    }

    private void sendBack(Opening open) {
        open.line(false);
        line = 0;
        long now = clock.getAsLong();
        for (Waiter waiter : queue) {
            if (waiter.isInLine()) {
                waiter.sendBack(now);
                waiter.wake();
            }
        }
    }

    /// Answers everybody who waits for one of these models.
    void refuse(Predicate<@Nullable String> models, SlotException why) {
        synchronized (lock) {
            promises.forget(models);
            for (Waiter waiter : List.copyOf(queue)) {
                if (models.test(waiter.model())) {
                    remove(waiter);
                    waiter.refuse(why);
                    waiter.wake();
                }
            }
        }
    }

    /// Nobody gets in or waits any more; who is inside stays.
    void close(SlotException why) {
        synchronized (lock) {
            closed = why;
            shut();
            refuse(_ -> true, why);
        }
    }

    /// What is wanted that it is not open for, in the order in which it was first.
    List<Demand> demands() {
        Map<@Nullable String, Demand> byModel = new LinkedHashMap<>();
        synchronized (lock) {
            for (Waiter waiter : queue) {
                if (!waiter.isInLine()) {
                    add(byModel, new Demand(waiter.model(), 1, waiter.since()));
                }
            }
            promises.demands(clock.getAsLong()).forEach(demand -> add(byModel, demand));
        }
        return new ArrayList<>(byModel.values());
    }

    private static void add(Map<@Nullable String, Demand> byModel, Demand demand) {
        byModel.merge(
                demand.model(),
                demand,
                (a, b) ->
                        new Demand(
                                a.model(),
                                a.waiting() + b.waiting(),
                                a.since() - b.since() < 0 ? a.since() : b.since()));
    }

    void terms(Terms changed) {
        synchronized (lock) {
            terms = changed;
            Opening open = opening;
            if (open != null) {
                open.limit(changed.maxParallel());
                serve(open);
            }
        }
    }

    void outlook(Outlook changed) {
        synchronized (lock) {
            outlook = changed;
        }
    }

    String slot() {
        return slot;
    }

    /// Notes that a flip is going to be told, or was; true when that was noted already.
    boolean noted(boolean now) {
        boolean before = noted;
        noted = now;
        return before;
    }

    int inside() {
        Opening open = opening;
        return open == null ? 0 : open.inside();
    }

    int waiting() {
        synchronized (lock) {
            return queue.size();
        }
    }

    /// Waiters that only wait for their turn.
    int line() {
        synchronized (lock) {
            return line;
        }
    }

    long quietSince() {
        return quietSince;
    }

    /// Nanoseconds for which it is kept for requests that were told to come back.
    long heldFor() {
        synchronized (lock) {
            return promises.heldFor(clock.getAsLong());
        }
    }

    private static long nanos(Duration patience) {
        return patience.compareTo(Duration.ofDays(365)) > 0
                ? Duration.ofDays(365).toNanos()
                : patience.toNanos();
    }

    private final class Inside implements Opening.Owner {
        @Override
        public void busy() {
            porter.flipped(Gate.this);
        }

        @Override
        public void handOn(Opening from) {
            synchronized (lock) {
                // One place is free for a moment that only who holds the lock can see.
                from.leave();
                if (from == opening) {
                    serve(from);
                }
            }
        }

        @Override
        public void quiet(boolean shut) {
            quietSince = clock.getAsLong();
            porter.flipped(Gate.this);
            if (shut) {
                porter.changed();
            }
        }
    }
}
