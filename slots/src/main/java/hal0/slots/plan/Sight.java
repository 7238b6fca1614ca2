package hal0.slots.plan;

import hal0.slots.plan.Appraisals.Wanted;
import hal0.slots.plan.Card.Standing;
import hal0.slots.plan.World.Claim;
import hal0.slots.plan.World.Drained;
import hal0.slots.plan.World.Kind;
import hal0.slots.plan.World.Phase;
import hal0.slots.plan.World.Seat;
import hal0.slots.plan.World.Times;
import hal0.slots.plan.World.Want;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Draws the world that the scheduler decides by, from the desk's cards at one moment.
final class Sight {
    private final long now;
    private final Appraisals appraisals;
    private final Meter meter;
    private final Map<String, Seat> seats = new HashMap<>();
    private final List<Want> wants = new ArrayList<>();
    private final Set<Wanted> wanted = new HashSet<>();
    private final List<Claim> claims = new ArrayList<>();

    private Sight(long now, Appraisals appraisals, Meter meter) {
        this.now = now;
        this.appraisals = appraisals;
        this.meter = meter;
    }

    static World of(
            Collection<Card> cards, Appraisals appraisals, Meter meter, Policy policy, long now) {
        Sight sight = new Sight(now, appraisals, meter);
        cards.forEach(sight::add);
        appraisals.keepOnly(sight.wanted);
        return new World(
                policy, sight.seats, sight.wants, meter.rooms(List.copyOf(sight.claims), now));
    }

    private void add(Card card) {
        seats.put(card.slot(), seat(card));
        Standing standing = card.standing;
        if (standing != null) {
            want(card, standing.model(), standing.kind(), true, now - standing.since());
        }
        if (card.letGo) {
            want(card, null, Kind.DOWN_IF_IDLE, false, 0);
        }
        List<Demand> demands = card.gate.demands();
        for (Demand demand : demands) {
            want(card, demand.model(), Kind.UP, false, now - demand.since());
        }
        if (!demands.isEmpty() && card.phase != Phase.LOADING) {
            long rests = card.restsUntil == null ? 0 : Math.max(0, card.restsUntil - now);
            card.gate.outlook(
                    new Outlook(
                            rests > 0 ? "it failed, and rests" : "queued",
                            0,
                            now + rests + card.cost));
        }
    }

    private void want(Card card, @Nullable String model, Kind kind, boolean ordered, long age) {
        Claim claim = null;
        boolean coming =
                card.serves(model) && (card.phase == Phase.LOADING || card.phase == Phase.UP);
        if (kind.isUp() && !coming && card.phase != Phase.UNKNOWN) {
            Wanted key = new Wanted(card.slot(), model);
            wanted.add(key);
            claim = appraisals.find(key);
        }
        wants.add(new Want(card.slot(), model, kind, ordered, age, counted(claim)));
    }

    private Seat seat(Card card) {
        Times times =
                new Times(
                        now - card.gate.quietSince(),
                        now - card.since,
                        card.cost,
                        card.gate.heldFor(),
                        card.restsUntil == null ? 0 : Math.max(0, card.restsUntil - now));
        return new Seat(
                card.phase,
                card.model,
                counted(card.charge),
                card.terms.pinned(),
                card.isEmpty(),
                times,
                drained(card),
                failure(card));
    }

    private @Nullable Claim counted(@Nullable Claim claim) {
        if (claim == null) {
            return null;
        }
        Claim physical = meter.physical(claim);
        claims.add(physical);
        return physical;
    }

    private @Nullable Drained drained(Card card) {
        if (card.clearsFor == null || card.phase != Phase.DRAINING) {
            return null;
        }
        boolean cut = card.standing != null && card.standing.cut();
        long left = card.terms.drainTimeout().toNanos() - (now - card.drainedSince);
        return new Drained(card.clearsFor, cut ? 0 : left, card.standing != null);
    }

    private World.@Nullable Failure failure(Card card) {
        Card.Setback setback = card.setback;
        if (setback == null) {
            return null;
        }
        Long until = setback.until();
        return until == null || until - now > 0 ? setback.failure() : null;
    }
}
