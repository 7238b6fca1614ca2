package hal0.tui.board;

import hal0.home.memory.Memorized;
import hal0.tui.state.Board;
import hal0.tui.state.Board.Act;
import hal0.tui.state.Board.Column;
import hal0.tui.state.Board.Content;
import hal0.tui.state.Board.Line;
import hal0.tui.state.Change;
import hal0.tui.state.Effect;
import hal0.tui.text.Role;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// What is remembered, the newest first.
public final class MemoryBoard {
    private static final List<Column> COLUMNS =
            List.of(
                    Column.right("", 1),
                    Column.left("", 0),
                    Column.left("", 3),
                    Column.left("", 2));
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("yyyy-MM-dd", Locale.ROOT);

    private MemoryBoard() {}

    public static Content of(List<Memorized> notes, ZoneId zone) {
        List<Line> lines = new ArrayList<>(rows(notes, zone));
        lines.add(
                new Line.Row(
                        "+",
                        List.of(
                                Board.cell("+"),
                                Board.cell("add a note", Role.DIM),
                                Board.cell(""),
                                Board.cell("")),
                        List.of(
                                Act.entering(
                                        Act.ENTER,
                                        "adds",
                                        "What is to be remembered",
                                        "",
                                        text -> new Effect.Alter(new Change.Remember(text)))),
                        "#NOTE in the prompt does the same"));
        return new Content(COLUMNS, lines, null);
    }

    public static List<Line.Row> rows(List<Memorized> notes, ZoneId zone) {
        return notes.stream().map(note -> row(note, zone)).toList();
    }

    private static Line.Row row(Memorized item, ZoneId zone) {
        String id = Long.toString(item.id());
        return new Line.Row(
                id,
                List.of(
                        Board.cell(id, Role.DIM),
                        Board.cell(item.note().text()),
                        Board.cell(String.join(" ", item.note().tags()), Role.ACCENT),
                        Board.cell(DAY.format(item.toldAt().atZone(zone)), Role.DIM)),
                List.of(
                        Act.asking(
                                'x',
                                "forget",
                                "Forget this note?",
                                new Effect.Alter(new Change.Forget(item.id())))),
                item.note().text());
    }
}
