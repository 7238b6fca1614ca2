package hal0.tui.board;

import hal0.relay.control.ControlPlane;
import hal0.tui.state.Board;
import hal0.tui.state.Board.Act;
import hal0.tui.state.Board.Column;
import hal0.tui.state.Board.Content;
import hal0.tui.state.Board.Doing;
import hal0.tui.state.Board.Line;
import hal0.tui.state.Command;
import java.util.List;
import java.util.Optional;

/// What is talked to.
public final class ModelBoard {
    private static final List<Column> COLUMNS = List.of(Column.left("", 0), Column.left("", 0));

    private ModelBoard() {}

    public static Content of(Optional<ControlPlane.Active> active) {
        String none = "not chosen yet";
        String provider = active.map(ControlPlane.Active::provider).orElse(none);
        String model = active.map(ControlPlane.Active::model).orElse(none);
        return new Content(
                COLUMNS,
                List.of(
                        row("Provider", provider, Command.PROVIDER),
                        row("Model", model, Command.MODEL)),
                null);
    }

    private static Line row(String name, String value, Command command) {
        return new Line.Row(
                name,
                List.of(Board.cell(name), Board.cell(value)),
                List.of(new Act('e', "choose", new Doing.Command(command))));
    }
}
