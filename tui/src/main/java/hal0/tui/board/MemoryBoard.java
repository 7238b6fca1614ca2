package hal0.tui.board;

import hal0.home.memory.Memorized;
import hal0.tui.state.Board;
import hal0.tui.state.Board.Act;
import hal0.tui.state.Board.Column;
import hal0.tui.state.Board.Content;
import hal0.tui.state.Board.Line;
import hal0.tui.state.Change;
import hal0.tui.state.Effect;
import hal0.tui.state.Place;
import hal0.tui.text.Role;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What is remembered, the newest first.
public final class MemoryBoard {
    private static final List<Column> COLUMNS =
            List.of(
                    Column.right("", 1),
                    Column.left("", 0),
                    Column.left("", 3),
                    Column.left("", 4),
                    Column.left("", 2));
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("yyyy-MM-dd", Locale.ROOT);
    private static final String KEYS = "123456789acdfghijklmnopqrsuvwyz";

    private MemoryBoard() {}

    /// What there is to show. **Shape** `banks` holds how many notes each has; `forgotten` is what
    /// can be brought back, or null.
    public record Shelf(
            List<Memorized> notes, Map<String, Long> banks, @Nullable Memorized forgotten) {
        public Shelf {
            notes = List.copyOf(notes);
            banks = new TreeMap<>(banks);
        }

        boolean hasBanks() {
            return banks.size() > 1;
        }
    }

    /// Of one bank, of all for an empty name.
    public static Content of(Shelf shelf, String bank, ZoneId zone) {
        List<Line> lines = new ArrayList<>();
        Memorized forgotten = shelf.forgotten();
        if (forgotten != null) {
            lines.add(
                    plain(
                            "undo",
                            "<",
                            "bring back: " + forgotten.note().text(),
                            Act.of(
                                    Act.ENTER,
                                    "brings back",
                                    new Effect.Alter(new Change.Recall()))));
        }
        lines.addAll(rows(shelf, bank, zone));
        lines.add(
                plain(
                        "+",
                        "+",
                        "add a note",
                        Act.entering(
                                Act.ENTER,
                                "adds",
                                "What is to be remembered",
                                "",
                                text -> new Effect.Alter(new Change.Remember(text)))));
        return new Content(COLUMNS, lines, null);
    }

    private static Line.Row plain(String id, String sign, String text, Act act) {
        return new Line.Row(
                id,
                List.of(
                        Board.cell(sign),
                        Board.cell(text, Role.DIM),
                        Board.cell(""),
                        Board.cell(""),
                        Board.cell("")),
                List.of(act),
                id.equals("+") ? "#NOTE in the prompt does the same" : "");
    }

    public static List<Line.Row> rows(Shelf shelf, String bank, ZoneId zone) {
        List<Act> banks = banks(shelf, bank);
        boolean told = shelf.hasBanks() && bank.isEmpty();
        return shelf.notes().stream().map(note -> row(note, told, banks, zone)).toList();
    }

    /// The way to other banks, where there are any.
    private static List<Act> banks(Shelf shelf, String bank) {
        if (!shelf.hasBanks()) {
            return List.of();
        }
        List<Act> others = new ArrayList<>();
        if (!bank.isEmpty()) {
            others.add(Act.open('0', "all", new Place(Place.Kind.MEMORY, "")));
        }
        for (Map.Entry<String, Long> other : shelf.banks().entrySet()) {
            if (!other.getKey().equals(bank) && others.size() < KEYS.length()) {
                others.add(
                        Act.open(
                                KEYS.charAt(others.size()),
                                "%s (%d)".formatted(other.getKey(), other.getValue()),
                                new Place(Place.Kind.MEMORY, other.getKey())));
            }
        }
        return List.of(Act.choosing('b', "banks", others));
    }

    private static Line.Row row(Memorized item, boolean told, List<Act> banks, ZoneId zone) {
        String id = Long.toString(item.id());
        String bank = told ? item.note().bank() : "";
        return new Line.Row(
                id,
                List.of(
                        Board.cell(id, Role.DIM),
                        Board.cell(item.note().text()),
                        Board.cell(String.join(" ", item.note().tags()), Role.ACCENT),
                        Board.cell(bank, Role.DIM),
                        Board.cell(DAY.format(item.toldAt().atZone(zone)), Role.DIM)),
                acts(item, banks),
                item.note().text());
    }

    private static List<Act> acts(Memorized item, List<Act> banks) {
        String text = item.note().text();
        List<Act> acts = new ArrayList<>();
        if (text.indexOf('\n') < 0) { // the field has one line
            acts.add(
                    Act.entering(
                            'e',
                            "edit",
                            "What it says",
                            text,
                            typed -> new Effect.Alter(new Change.Reword(item.id(), typed))));
        }
        boolean words = item.note().tags().stream().noneMatch(tag -> tag.indexOf(' ') >= 0);
        if (words) {
            acts.add(
                    Act.entering(
                            't',
                            "tags",
                            "Its tags, with spaces between them",
                            String.join(" ", item.note().tags()),
                            typed -> new Effect.Alter(new Change.Retag(item.id(), split(typed)))));
        }
        acts.add(Act.of('x', "forget", new Effect.Alter(new Change.Forget(item.id()))));
        acts.addAll(banks);
        return acts;
    }

    private static List<String> split(String typed) {
        return Arrays.stream(typed.strip().split("\\s+")).filter(tag -> !tag.isEmpty()).toList();
    }
}
