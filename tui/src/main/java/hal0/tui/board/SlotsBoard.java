package hal0.tui.board;

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
import java.util.ArrayList;
import java.util.List;

/// Slots: their state, model and requests, and what can be done with them.
public final class SlotsBoard {
    private static final List<Column> COLUMNS =
            List.of(
                    Column.left("slot", 0),
                    Column.left("state", 0),
                    Column.left("model", 2),
                    Column.left("runtime", 3),
                    Column.right("requests", 1));

    private SlotsBoard() {}

    public static Content of(List<SlotInfo> slots) {
        List<Line> lines = new ArrayList<>();
        for (SlotInfo slot : slots) {
            String model = slot.model() == null ? "–" : slot.model();
            lines.add(
                    new Line.Row(
                            slot.name(),
                            List.of(
                                    Board.cell(slot.name()),
                                    Board.cell(slot.state(), role(slot)),
                                    Board.cell(model),
                                    Board.cell(slot.runtime(), Role.DIM),
                                    Board.cell(String.valueOf(slot.inFlight()))),
                            acts(slot)));
        }
        if (lines.isEmpty()) {
            lines.add(
                    Line.words(
                            "There is no slot yet. `hal0 slots create NAME --model FILE` makes one.",
                            Role.DIM));
        }
        return new Content(COLUMNS, lines, null);
    }

    private static Role role(SlotInfo slot) {
        return slot.isFailed() ? Role.ERROR : slot.isReady() ? Role.ADDED : Role.DIM;
    }

    private static List<Act> acts(SlotInfo slot) {
        String name = slot.name();
        List<Act> acts = new ArrayList<>();
        if (slot.isReady() || slot.isUnderWay()) {
            acts.add(Act.of('u', "unload", new Effect.Alter(new Change.Unload(name))));
            acts.add(
                    Act.entering(
                            's',
                            "swap",
                            "Model to put in its place",
                            "",
                            model -> new Effect.Alter(new Change.Swap(name, model))));
        } else {
            acts.add(Act.of('l', "load", new Effect.Alter(new Change.Load(name, ""))));
        }
        acts.add(Act.of('r', "restart", new Effect.Alter(new Change.Restart(name))));
        acts.add(Act.open('g', "logs", new Place(Place.Kind.SLOT_LOG, name)));
        return acts;
    }
}
