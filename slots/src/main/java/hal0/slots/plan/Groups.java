package hal0.slots.plan;

import hal0.home.IoReason;
import hal0.slots.definition.SlotSpec;
import hal0.slots.error.SlotException;
import hal0.slots.error.SlotProblem;
import hal0.slots.plan.GroupState.Loaded;
import hal0.slots.plan.World.Phase;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Language models and images, where only one of them may have the GPUs at a time.
///
/// **Shape** a switch drains and unloads the one group, brings up the other, and is taken back if
/// that fails; what is under way is written down first. CPU and NPU slots are not concerned.
/// **Threads** the desk's.
final class Groups {
    private static final System.Logger LOG = System.getLogger(Groups.class.getName());
    private static final Duration SOON = Duration.ofSeconds(10);

    /// What a switch has done done to slots.
    interface Board {
        Collection<Card> cards();

        Ticket down(Card card, boolean cut);

        Ticket up(Card card, @Nullable String model);
    }

    private enum Step {
        CLEARING,
        RAISING,
        CLEARING_BACK,
        RAISING_BACK
    }

    /// A switch under way: `open` is the group whose slots may be loaded meanwhile.
    private static final class Switch {
        final String from;
        final String to;
        final boolean pin;
        final boolean cut;
        final Ticket ticket;
        Step step = Step.CLEARING;
        List<Ticket> raised = List.of();
        @Nullable SlotException failure;

        Switch(String from, String to, boolean pin, boolean cut, Ticket ticket) {
            this.from = from;
            this.to = to;
            this.pin = pin;
            this.cut = cut;
            this.ticket = ticket;
        }

        String clearing() {
            return step == Step.CLEARING || step == Step.RAISING ? from : to;
        }

        @Nullable String open() {
            return switch (step) {
                case CLEARING, CLEARING_BACK -> null;
                case RAISING -> to;
                case RAISING_BACK -> from;
            };
        }
    }

    private final GroupFile file;
    private final Board board;
    private final long idleRestore;
    private GroupState state;

    /// Since when the mode is what it is.
    private long since;

    private @Nullable Switch current;
    private String note = "";

    /// Slots that a switch, which ended with an earlier process, had taken down.
    private final List<Loaded> owed = new ArrayList<>();

    Groups(GroupFile file, Board board, Duration idleRestore, long now) {
        this.since = now;
        this.file = file;
        this.board = board;
        this.idleRestore = idleRestore.toNanos();
        this.state = file.read();
        if (state.switchingTo() != null) {
            note =
                    "the switch to %s did not come to its end: back to %s"
                            .formatted(state.switchingTo(), state.mode());
            owed.addAll(state.restore().getOrDefault(state.mode(), List.of()));
            state = state.mode(state.mode(), false);
            write(state);
        }
    }

    String mode() {
        return state.mode();
    }

    boolean pinned() {
        return state.pinned();
    }

    String note() {
        return note;
    }

    static String group(Terms terms) {
        return terms.type() == SlotSpec.Type.IMAGE ? GroupState.IMG : GroupState.LLM;
    }

    private static boolean concerns(Terms terms) {
        return switch (terms.device()) {
            case GPU_CUDA, GPU_ROCM, GPU_VULKAN -> true;
            case CPU, NPU -> false;
        };
    }

    private List<Card> cards(String group) {
        return board.cards().stream()
                .filter(card -> concerns(card.terms) && group(card.terms).equals(group))
                .toList();
    }

    /// Why a slot may not be loaded now; null when it may.
    @Nullable SlotException bars(Terms terms, long now) {
        if (!concerns(terms)) {
            return null;
        }
        Switch under = current;
        String own = group(terms);
        if (own.equals(under == null ? state.mode() : under.open())) {
            return null;
        }
        // While one group is cleared away neither may be loaded, and each hears of the other.
        boolean images = other(own).equals(GroupState.IMG);
        return SlotException.of(
                        images ? SlotProblem.IMAGE_MODE : SlotProblem.INFERENCE_MODE,
                        "slot \"%s\" cannot be used: the GPUs %s %s; `hal0 slots gpu` shows more"
                                .formatted(
                                        terms.slot(),
                                        under == null ? "serve" : "are being switched from or to",
                                        images ? "images" : "language models"))
                .with(Map.of("slot", terms.slot(), "mode", state.mode()))
                .after(under != null ? SOON : restoredIn(now));
    }

    private static String other(String group) {
        return group.equals(GroupState.LLM) ? GroupState.IMG : GroupState.LLM;
    }

    private Duration restoredIn(long now) {
        if (state.pinned() || state.mode().equals(GroupState.LLM)) {
            return Duration.ofMinutes(5);
        }
        return Duration.ofNanos(Math.max(SOON.toNanos(), idleRestore - quiet(now)));
    }

    /// How long nobody has used what the mode has loaded.
    private long quiet(long now) {
        long quiet = now - since;
        for (Card card : cards(state.mode())) {
            boolean used = !card.isEmpty() || !card.gate.demands().isEmpty();
            quiet = Math.min(quiet, used ? 0 : now - card.gate.quietSince());
        }
        return quiet;
    }

    /// An operator's switch.
    void order(String to, boolean force, boolean pin, Ticket ticket) {
        SlotException no = refusal(to, force);
        if (no != null) {
            ticket.end(no);
        } else if (current == null && to.equals(state.mode())) {
            state = state.mode(to, pin);
            ticket.end(write(state));
        } else {
            begin(new Switch(state.mode(), to, pin, force, ticket));
        }
    }

    private @Nullable SlotException refusal(String to, boolean force) {
        if (!to.equals(GroupState.LLM) && !to.equals(GroupState.IMG)) {
            return SlotException.of(
                    SlotProblem.CONFIG_ERROR, "mode \"%s\" is not one of llm, img".formatted(to));
        }
        if (current != null) {
            return SlotException.of(
                            SlotProblem.ILLEGAL_TRANSITION,
                            "the GPUs are being switched from %s to %s: wait for that"
                                    .formatted(current.from, current.to))
                    .after(SOON);
        }
        if (to.equals(state.mode()) || force) {
            return null;
        }
        if (state.pinned()) {
            return SlotException.of(
                    SlotProblem.PINNED,
                    "mode %s is pinned: switch with `force` to change it".formatted(state.mode()));
        }
        for (Card card : cards(state.mode())) {
            if (card.terms.pinned() && card.holdsSomething()) {
                return SlotException.of(
                        SlotProblem.PINNED,
                        "slot \"%s\" is pinned and has the GPU: switch with `force`, or unload it first"
                                .formatted(card.slot()));
            }
        }
        return null;
    }

    private void begin(Switch started) {
        if (cards(started.to).isEmpty()) {
            started.ticket.end(
                    SlotException.of(
                            SlotProblem.CONFIG_ERROR,
                            "no slot of group %s is defined on a GPU".formatted(started.to)));
            return;
        }
        List<Card> leaving = cards(started.from).stream().filter(Card::holdsSomething).toList();
        Map<String, List<Loaded>> had = new HashMap<>(state.restore());
        had.put(
                started.from,
                leaving.stream()
                        .filter(card -> card.phase != Phase.UNLOADING)
                        .map(card -> new Loaded(card.slot(), card.model))
                        .toList());
        GroupState written = state.switching(started.to, state.pinned(), had);
        SlotException no = write(written);
        if (no != null) {
            started.ticket.end(no);
            return;
        }
        state = written;
        current = started;
        owed.clear();
        note = "switching from %s to %s".formatted(started.from, started.to);
        leaving.forEach(card -> board.down(card, started.cut));
    }

    private @Nullable SlotException write(GroupState changed) {
        try {
            file.write(changed);
            return null;
        } catch (IOException e) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "the GPU''s mode is not kept: {0}",
                    IoReason.of(e));
            return SlotException.of(
                    SlotProblem.LOAD_FAILED, "the GPUs were not switched: " + IoReason.of(e), e);
        }
    }

    /// Brings a switch on, or begins the one back; returns in how many nanoseconds to come again.
    long step(long now) {
        Switch under = current;
        if (under == null) {
            return steady(now);
        }
        switch (under.step) {
            case CLEARING, CLEARING_BACK -> clearing(under, now);
            case RAISING, RAISING_BACK -> raising(under, now);
        }
        return Long.MAX_VALUE;
    }

    private void clearing(Switch under, long now) {
        boolean clear = true;
        for (Card card : cards(under.clearing())) {
            clear &= card.phase == Phase.DOWN;
            boolean stays = card.phase == Phase.UP || card.phase == Phase.LOADING;
            if (stays && (card.standing == null || card.standing.kind().isUp())) {
                board.down(card, under.cut);
            }
        }
        if (clear) {
            boolean back = under.step == Step.CLEARING_BACK;
            under.step = back ? Step.RAISING_BACK : Step.RAISING;
            under.raised = raise(back ? under.from : under.to);
            raising(under, now);
        }
    }

    /// What the group had when it gave the GPUs up; the first time what is enabled.
    private List<Ticket> raise(String group) {
        Map<String, Loaded> had = new HashMap<>();
        List<Loaded> restore = state.restore().get(group);
        if (restore != null) {
            restore.forEach(loaded -> had.put(loaded.slot(), loaded));
        }
        List<Ticket> tickets = new ArrayList<>();
        for (Card card : cards(group)) {
            Loaded loaded = had.get(card.slot());
            if (loaded != null || (restore == null && card.terms.enabled())) {
                tickets.add(board.up(card, loaded == null ? null : loaded.model()));
            }
        }
        return tickets;
    }

    private void raising(Switch under, long now) {
        if (!under.raised.stream().allMatch(Ticket::isEnded)) {
            return;
        }
        SlotException failure = null;
        for (Ticket ticket : under.raised) {
            failure = failure == null ? ticket.failure() : failure;
        }
        if (under.step == Step.RAISING && failure != null) {
            under.failure = failure;
            under.step = Step.CLEARING_BACK;
            note = "back to %s: %s".formatted(under.from, failure.message());
            clearing(under, now);
            return;
        }
        boolean back = under.step == Step.RAISING_BACK;
        current = null;
        since = now;
        state = state.mode(back ? under.from : under.to, back ? state.pinned() : under.pin);
        SlotException unwritten = write(state);
        if (!back) {
            note = "";
        }
        LOG.log(
                System.Logger.Level.INFO,
                "the GPUs serve {0}{1}",
                state.mode(),
                note.isEmpty() ? "" : " (" + note + ")");
        under.ticket.end(back ? under.failure : unwritten);
    }

    private long steady(long now) {
        for (Card card : cards(other(state.mode()))) {
            boolean wrong = card.phase == Phase.UP || card.phase == Phase.LOADING;
            if (wrong && card.standing == null) {
                board.down(card, false);
            }
        }
        for (Card card : cards(state.mode())) {
            if (card.phase == Phase.DOWN) {
                owed.stream()
                        .filter(loaded -> loaded.slot().equals(card.slot()))
                        .findFirst()
                        .ifPresent(loaded -> board.up(card, loaded.model()));
            }
            if (card.phase != Phase.UNKNOWN) {
                owed.removeIf(loaded -> loaded.slot().equals(card.slot()));
            }
        }
        if (state.mode().equals(GroupState.LLM) || state.pinned() || idleRestore == 0) {
            return Long.MAX_VALUE;
        }
        long left = idleRestore - quiet(now);
        if (left <= 0 && refusal(GroupState.LLM, false) == null) {
            begin(new Switch(GroupState.IMG, GroupState.LLM, false, false, new Ticket()));
        }
        return Math.max(SOON.toNanos(), left);
    }
}
