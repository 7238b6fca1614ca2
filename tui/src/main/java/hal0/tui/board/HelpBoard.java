package hal0.tui.board;

import hal0.tui.state.Board;
import hal0.tui.state.Board.Column;
import hal0.tui.state.Board.Content;
import hal0.tui.state.Board.Line;
import hal0.tui.state.HelpText;
import hal0.tui.text.Role;
import java.util.ArrayList;
import java.util.List;

/// Keys and commands, to be looked through by typing.
public final class HelpBoard {
    private static final List<Column> COLUMNS = List.of(Column.left("", 0), Column.left("", 0));

    private HelpBoard() {}

    public static Content content() {
        List<Line> lines = new ArrayList<>();
        for (HelpText.Line line : HelpText.lines()) {
            lines.add(
                    line.does().isEmpty()
                            ? new Line.Head(line.name())
                            : new Line.Row(
                                    line.name(),
                                    List.of(
                                            Board.cell(line.name(), Role.ACCENT),
                                            Board.cell(line.does())),
                                    List.of(),
                                    line.does()));
        }
        return new Content(COLUMNS, lines, null);
    }
}
