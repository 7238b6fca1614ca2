package hal0.tui.board;

import hal0.relay.control.GpuInfo;
import hal0.relay.control.SlotInfo;
import hal0.tui.state.Board;
import hal0.tui.state.Board.Act;
import hal0.tui.state.Board.Column;
import hal0.tui.state.Board.Content;
import hal0.tui.state.Board.Line;
import hal0.tui.state.Change;
import hal0.tui.state.Effect;
import hal0.tui.state.Place;
import hal0.tui.text.Role;
import hal0.tui.text.Safe;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Slots: their state, model, memory and requests, and what can be done with them.
public final class SlotsBoard {
    private static final List<Column> COLUMNS =
            List.of(
                    Column.left("slot", 0),
                    Column.left("state", 0),
                    Column.left("model", 2),
                    Column.right("memory", 3),
                    Column.right("requests", 1),
                    Column.left("type", 7),
                    Column.left("runtime", 4),
                    Column.left("device", 5),
                    Column.left("aliases", 6));

    private SlotsBoard() {}

    /// `gpu` is null where nobody tells of it.
    public static Content of(List<SlotInfo> slots, @Nullable GpuInfo gpu) {
        List<Line> lines = new ArrayList<>();
        for (SlotInfo slot : slots) {
            lines.add(
                    new Line.Row(
                            slot.name(),
                            List.of(
                                    Board.cell(slot.name()),
                                    Board.cell(state(slot), role(slot)),
                                    model(slot),
                                    Board.cell(memory(slot.name(), gpu)),
                                    Board.cell(requests(slot)),
                                    Board.cell(slot.type(), Role.DIM),
                                    Board.cell(slot.runtime(), Role.DIM),
                                    Board.cell(slot.device(), Role.DIM),
                                    Board.cell(String.join(", ", slot.aliases()), Role.DIM)),
                            acts(slot)));
            if (!slot.message().isEmpty() && (slot.isFailed() || slot.isUnderWay())) {
                lines.add(
                        Line.words(
                                "  " + Safe.oneLine(slot.message()),
                                slot.isFailed() ? Role.ERROR : Role.NOTICE));
            }
            if (slot.isFailed()) {
                lines.add(Text.dim("  " + SlotBoard.remedy(slot)));
            }
        }
        if (lines.isEmpty()) {
            lines.add(Text.dim("There is no slot yet: a slot runs one model on this machine."));
            lines.add(
                    Text.dim(
                            "hal0 models pull REF fetches one; hal0 slots create NAME --model ID makes a slot of it."));
        }
        if (gpu != null) {
            lines.addAll(MemoryBars.of(gpu));
        }
        return new Content(COLUMNS, lines, null);
    }

    private static hal0.tui.text.Span model(SlotInfo slot) {
        String loaded = slot.model();
        if (loaded != null) {
            return Board.cell(loaded);
        }
        String usual = slot.defaultModel();
        return Board.cell(usual == null ? "–" : "(" + usual + ")", Role.DIM);
    }

    /// The state and, of what is on its way, how far it is.
    static String state(SlotInfo slot) {
        String sign =
                slot.isReady() ? "● " : slot.isFailed() ? "✗ " : slot.isUnderWay() ? "◐ " : "○ ";
        String far =
                switch (slot.extra().get("progress")) {
                    case null -> "";
                    case Number part -> " %.0f %%".formatted(100 * part.doubleValue());
                    case Map<?, ?> of -> " " + of.get("done") + "/" + of.get("total");
                    case Object other -> " " + other;
                };
        return sign + slot.state() + far + (slot.pinned() ? " pinned" : "");
    }

    static Role role(SlotInfo slot) {
        if (slot.isFailed()) {
            return Role.ERROR;
        }
        return slot.isReady() ? Role.ADDED : slot.isUnderWay() ? Role.NOTICE : Role.DIM;
    }

    static String memory(String slot, @Nullable GpuInfo gpu) {
        long mb =
                gpu == null
                        ? 0
                        : gpu.shares().stream()
                                .filter(share -> share.slot().equals(slot))
                                .filter(share -> !share.pool().equals("npu"))
                                .mapToLong(GpuInfo.Share::mb)
                                .sum();
        return mb == 0 ? "" : Figures.gigabytes(mb);
    }

    /// Those under way, and with a plus those that wait.
    private static String requests(SlotInfo slot) {
        return slot.inFlight() + (slot.waiting() > 0 ? " +" + slot.waiting() : "");
    }

    private static List<Act> acts(SlotInfo slot) {
        String name = slot.name();
        List<Act> acts = new ArrayList<>();
        boolean up = slot.isReady() || slot.isUnderWay();
        if (up) {
            acts.add(
                    careful(
                            slot,
                            'u',
                            "unload",
                            "unload it",
                            new Effect.Alter(new Change.Unload(name))));
            acts.add(Act.open('s', "swap", new Place(Place.Kind.SLOT_MODELS, name)));
        } else {
            acts.add(Act.of('l', "load", new Effect.Alter(new Change.Load(name, ""))));
            acts.add(Act.open('m', "load another", new Place(Place.Kind.SLOT_MODELS, name)));
        }
        acts.add(
                careful(
                        slot,
                        'r',
                        "restart",
                        "restart it",
                        new Effect.Alter(new Change.Restart(name))));
        acts.add(Act.open('g', "logs", new Place(Place.Kind.SLOT_LOG, name)));
        acts.add(
                Act.of(
                        'p',
                        slot.pinned() ? "unpin" : "pin",
                        new Effect.Alter(new Change.Pin(name, !slot.pinned()))));
        acts.add(Act.open('d', "details", new Place(Place.Kind.SLOT, name)));
        return acts;
    }

    /// Asks first where somebody is being answered.
    static Act careful(SlotInfo slot, char key, String label, String what, Effect.Work work) {
        int busy = slot.inFlight() + slot.waiting();
        return busy == 0
                ? Act.of(key, label, work)
                : Act.asking(
                        key,
                        label,
                        "%d %s; what takes too long to drain is cut. %s?"
                                .formatted(
                                        busy,
                                        busy == 1
                                                ? "request is under way"
                                                : "requests are under way",
                                        Character.toUpperCase(what.charAt(0)) + what.substring(1)),
                        work);
    }
}
