package hal0.slots.plan;

import hal0.slots.error.SlotException;
import hal0.slots.error.SlotProblem;
import hal0.slots.hardware.Hardware;
import hal0.slots.plan.Appraisals.Wanted;
import hal0.slots.plan.Card.Setback;
import hal0.slots.plan.Card.Standing;
import hal0.slots.plan.World.Failure;
import hal0.slots.plan.World.Phase;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// Does what the scheduler says, and keeps the cards true to it.
///
/// **Threads** the desk's.
final class Hands {
    private static final int MAX_BACKOFF_EXPONENT = 6;
    private static final long MAX_BACKOFF = Duration.ofMinutes(5).toNanos();
    private static final long LOOKS_APART = Duration.ofSeconds(1).toNanos();

    /// Where nothing can be measured nothing is known to be too much.
    private static final Hardware UNMEASURED =
            new Hardware("", 0, 0, 0, List.of(), List.of(), List.of());

    private final Lever lever;
    private final Errands errands;
    private final LongSupplier clock;
    private final Meter meter;
    private final Appraisals appraisals;
    private boolean looking;
    private boolean looked;
    private long lookBegan;

    Hands(Lever lever, Errands errands, LongSupplier clock, Meter meter, Appraisals appraisals) {
        this.lever = lever;
        this.errands = errands;
        this.clock = clock;
        this.meter = meter;
        this.appraisals = appraisals;
    }

    /// False where nothing came of it.
    boolean carryOut(Move move, Card card) {
        switch (move) {
            case Move.Evict evict -> {
                if (card.gate.shutIfQuiet()) {
                    unload(card, evict.why());
                }
            }
            case Move.Drain drain -> {
                card.gate.shut();
                card.phase = Phase.DRAINING;
                card.clearsFor = drain.clearsFor();
                card.drainedSince = now();
            }
            case Move.Reopen _ -> {
                card.phase = Phase.UP;
                card.clearsFor = null;
                // It begins a new residency: who wanted it gone has had a turn at it.
                card.since = now();
                card.gate.reopen();
            }
            case Move.Unload unload -> unload(card, unload.why());
            case Move.Load load -> load(card, load.model());
            case Move.Refuse refuse -> refuse(card, refuse.model(), refuse.why());
            case Move.Forgo forgo -> refuseOrder(card, forgo.why());
            case Move.Look _ -> {
                look();
                return false;
            }
        }
        return true;
    }

    private void unload(Card card, String why) {
        card.gate.drop();
        card.phase = Phase.UNLOADING;
        card.clearsFor = null;
        meter.moved(card.charge, now());
        lever.unload(card.slot(), why);
    }

    private void load(Card card, @Nullable String wanted) {
        card.charge = appraisals.find(new Wanted(card.slot(), wanted));
        String model = wanted == null ? card.had : wanted;
        card.phase = Phase.LOADING;
        card.model = model;
        card.had = null;
        card.since = now();
        card.timed = true;
        card.restsUntil = null;
        card.gate.outlook(new Outlook("loading", 0, card.since + card.cost));
        meter.moved(card.charge, now());
        try {
            lever.load(card.slot(), model);
        } catch (SlotException e) {
            failed(card, e);
        }
    }

    void refuse(Card card, @Nullable String model, SlotException why) {
        card.gate.refuse(wished -> Objects.equals(wished, model), why);
        if (card.standing != null && Objects.equals(card.standing.model(), model)) {
            refuseOrder(card, why);
        }
    }

    void refuseOrder(Card card, SlotException why) {
        Standing standing = card.standing;
        if (standing != null && standing.kind().isUp()) {
            card.standing = null;
            lever.refused(card.slot(), why);
            standing.end(why);
        }
    }

    private void look() {
        if (!looking && (!looked || now() - lookBegan >= LOOKS_APART)) {
            looking = true;
            looked = true;
            lookBegan = now();
            errands.look();
        }
    }

    void looked(@Nullable Hardware found, Collection<Card> cards) {
        looking = false;
        meter.looked(found == null ? UNMEASURED : found, lookBegan, now(), cards);
    }

    /// A load came to nothing. Who waits for it is told; it is not tried again for a while.
    void failed(Card card, SlotException why) {
        boolean parked = why.problem() == SlotProblem.CRASH_LOOPING;
        boolean whatever = parked || why.problem() != SlotProblem.LOAD_FAILED;
        Failure failure = new Failure(card.model, whatever, why);
        int count = card.setback == null ? 1 : card.setback.count() + 1;
        long backoff =
                Math.min(
                        Duration.ofSeconds(5).toNanos()
                                << Math.min(count - 1, MAX_BACKOFF_EXPONENT),
                        MAX_BACKOFF);
        wentDown(card);
        card.setback = new Setback(failure, count, parked ? null : now() + backoff);
        card.gate.refuse(failure::concerns, why);
        Standing standing = card.standing;
        if (standing != null && standing.kind().isUp()) {
            card.standing = null;
            standing.end(why);
        }
    }

    void wentDown(Card card) {
        meter.moved(card.charge, now());
        card.gate.drop();
        appraisals.forget(card.slot());
        card.goDown();
    }

    private long now() {
        return clock.getAsLong();
    }
}
