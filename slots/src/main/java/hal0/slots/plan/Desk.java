package hal0.slots.plan;

import hal0.slots.definition.SlotSpec;
import hal0.slots.error.SlotException;
import hal0.slots.error.SlotProblem;
import hal0.slots.hardware.Hardware;
import hal0.slots.plan.Appraisals.Wanted;
import hal0.slots.plan.Card.Standing;
import hal0.slots.plan.World.Claim;
import hal0.slots.plan.World.Kind;
import hal0.slots.plan.World.Phase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// What the arbiter knows, and what it does about it: reports and orders come in, moves go out.
///
/// **Shape** after one or more reports or orders, `step` brings things on and says when to be
/// called again. **Threads** one; it waits for nothing.
final class Desk implements Groups.Board {
    private static final int MAX_ROUNDS = 32;
    private final Map<String, Card> cards = new TreeMap<>();
    private final Hands hands;
    private final LongSupplier clock;
    private final Policy policy;
    private final Meter meter;
    private final Appraisals appraisals;
    private final @Nullable Groups groups;

    Desk(
            Lever lever,
            Errands errands,
            LongSupplier clock,
            Policy policy,
            Arbiter.Settings settings) {
        this.clock = clock;
        this.policy = policy;
        this.meter = new Meter(settings.keepFreeMb());
        this.appraisals = new Appraisals(errands);
        this.hands = new Hands(lever, errands, clock, meter, appraisals);
        this.groups =
                settings.exclusiveGroups()
                        ? new Groups(
                                new GroupFile(settings.gpuFile()),
                                this,
                                settings.idleRestore(),
                                clock.getAsLong())
                        : null;
    }

    @Override
    public Collection<Card> cards() {
        return cards.values();
    }

    @Override
    public Ticket down(Card card, boolean cut) {
        Ticket ticket = new Ticket();
        order(card.slot(), new Standing(Kind.DOWN, null, cut, null, now(), List.of(ticket)));
        return ticket;
    }

    @Override
    public Ticket up(Card card, @Nullable String model) {
        Ticket ticket = new Ticket();
        order(card.slot(), new Standing(Kind.UP, model, false, null, now(), List.of(ticket)));
        return ticket;
    }

    void define(Terms terms, Gate gate) {
        Card card = cards.get(terms.slot());
        if (card == null) {
            cards.put(terms.slot(), new Card(terms, gate, now()));
        } else if (card.forgotten != null) {
            // Its name is given anew before it is gone.
            Runnable done = card.forgotten;
            card.forgotten =
                    () -> {
                        done.run();
                        define(terms, gate);
                    };
        } else {
            card.terms = terms;
            appraisals.forget(terms.slot());
        }
    }

    void forget(String slot, Runnable done) {
        Card card = cards.get(slot);
        if (card == null) {
            done.run();
            return;
        }
        order(slot, new Standing(Kind.DOWN, null, false, null, now(), List.of()));
        card.forgotten = done;
    }

    /// An operator's wish; a newer one takes the place of an older.
    void order(String slot, Standing wanted) {
        Card card = cards.get(slot);
        boolean leaving = card != null && card.forgotten != null;
        if (card == null || leaving) {
            wanted.end(
                    SlotException.of(
                            SlotProblem.NOT_FOUND, "there is no slot \"%s\"".formatted(slot)));
            return;
        }
        if (card.standing != null) {
            card.standing.end(
                    SlotException.of(
                            SlotProblem.CANCELLED,
                            "another order for slot \"%s\" came after this one".formatted(slot)));
        }
        card.standing = wanted;
        card.setback = null;
        card.restsUntil = null;
        card.had = null;
    }

    /// It had ended unasked. It goes on being what requests mean that name no model.
    void comeBack(String slot, @Nullable String model) {
        Card card = cards.get(slot);
        if (card == null || card.standing != null || card.phase != Phase.DOWN) {
            return;
        }
        card.standing = new Standing(Kind.UP_IF_ROOM, model, false, null, now(), List.of());
        card.setback = null;
        card.restsUntil = null;
    }

    /// Down, and up again with what it has now.
    void restart(String slot, Ticket ticket) {
        Card card = cards.get(slot);
        String model = card == null ? null : card.model;
        Standing up = new Standing(Kind.UP, model, false, null, now(), List.of(ticket));
        order(slot, new Standing(Kind.DOWN, null, false, up, now(), List.of()));
    }

    void letGo(String slot) {
        Card card = cards.get(slot);
        if (card != null) {
            card.letGo = true;
        }
    }

    void loading(String slot, @Nullable String model) {
        Card card = cards.get(slot);
        if (card != null && (card.phase == Phase.UNKNOWN || card.phase == Phase.DOWN)) {
            card.phase = Phase.LOADING;
            card.model = model;
            card.since = now();
            card.timed = false;
            appraisals.ask(new Wanted(slot, model));
        }
    }

    void progress(String slot, double done, @Nullable Duration left) {
        Card card = cards.get(slot);
        if (card != null && card.phase == Phase.LOADING) {
            long upAt = left == null ? card.since + card.cost : now() + left.toNanos();
            card.gate.outlook(new Outlook("loading", done, upAt));
        }
    }

    void up(String slot, Target target) {
        Card card = cards.get(slot);
        // Who is going down has come up too late, and is going to say that it is down.
        if (card == null || card.phase == Phase.UNLOADING || target.equals(card.target)) {
            return;
        }
        long now = now();
        if (card.phase == Phase.LOADING && card.timed) {
            card.cost = now - card.since;
        }
        card.gate.drop();
        card.phase = Phase.UP;
        card.model = target.model();
        card.target = target;
        card.since = now;
        card.setback = null;
        card.restsUntil = null;
        card.clearsFor = null;
        meter.moved(card.charge, now);
        // What it really takes is known now.
        appraisals.forget(slot);
        appraisals.ask(new Wanted(slot, card.model));
        card.gate.open(target);
    }

    void down(String slot) {
        Card card = cards.get(slot);
        if (card != null) {
            hands.wentDown(card);
        }
    }

    void failed(String slot, SlotException why) {
        Card card = cards.get(slot);
        if (card != null) {
            hands.failed(card, why);
        }
    }

    void ended(String slot, Duration again) {
        Card card = cards.get(slot);
        if (card != null) {
            String had = card.model;
            hands.wentDown(card);
            card.had = had;
            card.restsUntil = now() + again.toNanos();
        }
    }

    void appraised(String slot, @Nullable String model, Need need) {
        Card card = cards.get(slot);
        if (card == null) {
            return;
        }
        Claim claim = claim(card, need);
        appraisals.found(new Wanted(slot, model), claim);
        // The default model may be another than the one that is loaded.
        boolean same = Objects.equals(card.model, model);
        if (same && card.holdsSomething() && card.phase != Phase.UNLOADING) {
            card.charge = claim;
        }
    }

    private static Claim claim(Card card, Need need) {
        return switch (need.pool()) {
            // An NPU counts models; it has room for others beside its language model.
            case Pool.Npu npu -> new Claim(npu, card.terms.type() == SlotSpec.Type.LLM ? 1 : 0);
            case Pool.Memory _, Pool.Gpu _ -> new Claim(need.pool(), Math.max(0, need.mb()));
        };
    }

    void unfit(String slot, @Nullable String model, SlotException why) {
        appraisals.failed(new Wanted(slot, model));
        Card card = cards.get(slot);
        if (card != null && !(card.holdsSomething() && Objects.equals(card.model, model))) {
            hands.refuse(card, model, why);
        }
    }

    void looked(@Nullable Hardware found) {
        hands.looked(found, cards.values());
    }

    /// Does everything that can be done now; returns in how many nanoseconds something may have to
    /// be done even if nothing happens.
    long step() {
        long again = 0;
        for (int round = 0; round < MAX_ROUNDS && again == 0; round++) {
            settle();
            long switching = switching();
            Plan plan = Scheduler.plan(Sight.of(cards.values(), appraisals, meter, policy, now()));
            boolean moved = false;
            for (Move move : plan.moves()) {
                Card card = cards.get(move.slot());
                moved |= card != null && hands.carryOut(move, card);
            }
            again = moved ? 0 : Math.min(plan.again(), switching);
            cards.values().forEach(card -> card.letGo = false);
        }
        return again;
    }

    /// Brings the switching of groups on, and sends away who wants the group that may not be
    /// loaded.
    private long switching() {
        if (groups == null) {
            return Long.MAX_VALUE;
        }
        long again = groups.step(now());
        for (Card card : cards.values()) {
            SlotException bar = groups.bars(card.terms, now());
            if (bar != null) {
                card.gate.refuse(_ -> true, bar);
                hands.refuseOrder(card, bar);
            }
        }
        return again;
    }

    /// Gives the GPUs to a group.
    void mode(String mode, boolean force, boolean pin, Ticket ticket) {
        if (groups != null) {
            groups.order(mode, force, pin, ticket);
            return;
        }
        ticket.end(
                SlotException.of(
                        SlotProblem.CONFIG_ERROR,
                        "there is no mode to switch: set exclusive_groups = true in [gpu] of config.toml"));
    }

    Sharing sharing() {
        List<Sharing.Holding> holdings = new ArrayList<>();
        for (Card card : cards.values()) {
            Claim charge = card.charge;
            if (charge != null && card.holdsSomething()) {
                holdings.add(
                        new Sharing.Holding(
                                card.slot(),
                                new Need(charge.pool(), mb(charge)),
                                card.phase.name().toLowerCase(Locale.ROOT)));
            }
        }
        return groups == null
                ? new Sharing(holdings, null, false, "")
                : new Sharing(holdings, groups.mode(), groups.pinned(), groups.note());
    }

    private static long mb(Claim charge) {
        return switch (charge.pool()) {
            case Pool.Memory _, Pool.Gpu _ -> charge.amount();
            case Pool.Npu _ -> 0;
        };
    }

    /// Ends the orders whose end has been reached.
    private void settle() {
        for (Card card : List.copyOf(cards.values())) {
            Standing standing = card.standing;
            if (standing == null) {
                continue;
            }
            boolean reached =
                    switch (standing.kind()) {
                        case UP, UP_IF_ROOM ->
                                card.phase == Phase.UP && card.serves(standing.model());
                        case DOWN, DOWN_IF_IDLE -> card.phase == Phase.DOWN;
                    };
            if (reached) {
                card.standing = standing.then();
                standing.reached();
            }
            if (reached && card.forgotten != null) {
                cards.remove(card.slot());
                card.forgotten.run();
            }
        }
    }

    private long now() {
        return clock.getAsLong();
    }
}
