package hal0.slots.plan;

import hal0.slots.error.SlotException;
import hal0.slots.plan.World.Claim;
import hal0.slots.plan.World.Phase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the desk knows of one slot.
///
/// **Threads** the desk's, but for its gate.
final class Card {
    private static final long UNKNOWN_COST = Duration.ofSeconds(10).toNanos();

    final Gate gate;
    Terms terms;
    Phase phase = Phase.UNKNOWN;
    @Nullable String model;
    @Nullable Target target;

    /// It ended unasked and had this model: who wants whichever it has means that one.
    @Nullable String had;

    @Nullable Claim charge;

    /// When it came up, or began to be loaded; `cost` how long the last load took.
    long since;

    long cost = UNKNOWN_COST;

    /// Loaded because somebody wanted it, so that the time it takes says what a load costs.
    boolean timed;

    /// While it is drained: for whom, and since when.
    @Nullable String clearsFor;

    long drainedSince;

    /// Until when its own loop is going to ask for it.
    @Nullable Long restsUntil;

    @Nullable Setback setback;
    @Nullable Standing standing;
    boolean letGo;
    @Nullable Runnable forgotten;

    Card(Terms terms, Gate gate, long now) {
        this.terms = terms;
        this.gate = gate;
        this.since = now;
    }

    String slot() {
        return terms.slot();
    }

    boolean isEmpty() {
        return gate.inside() == 0 && gate.line() == 0;
    }

    boolean serves(@Nullable String wished) {
        return wished == null || wished.equals(model);
    }

    boolean holdsSomething() {
        return switch (phase) {
            case LOADING, UP, DRAINING, UNLOADING -> true;
            case UNKNOWN, DOWN -> false;
        };
    }

    void goDown() {
        phase = Phase.DOWN;
        model = null;
        had = null;
        target = null;
        charge = null;
        clearsFor = null;
        letGo = false;
    }

    /// A load that failed: `until` requests are answered with it, null until an operator wants it.
    record Setback(World.Failure failure, int count, @Nullable Long until) {}

    /// What an operator wants of it, until that is so; `cut` when requests under way are not waited
    /// for, `then` what is wanted once it is down.
    record Standing(
            World.Kind kind,
            @Nullable String model,
            boolean cut,
            @Nullable Standing then,
            long since,
            List<Ticket> tickets) {
        Standing {
            tickets = new ArrayList<>(tickets);
        }

        void reached() {
            tickets.forEach(ticket -> ticket.end(null));
        }

        void end(@Nullable SlotException why) {
            tickets.forEach(ticket -> ticket.end(why));
            if (then != null) {
                then.end(why);
            }
        }
    }
}
