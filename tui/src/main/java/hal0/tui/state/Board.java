package hal0.tui.state;

import hal0.tui.text.Role;
import hal0.tui.text.Safe;
import hal0.tui.text.Span;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Rows over the transcript that are walked, narrowed by typing, and acted on.
///
/// **Shape** `tabs` are its neighbours, empty where it stands alone; `selected` is a place among
/// the rows that [#shown] gives; `step` is what was begun on the chosen row. `content` is null
/// until it came. `said` tells how the last change went, until the next key.
public record Board(
        Place place,
        List<Place> tabs,
        @Nullable Content content,
        int selected,
        String filter,
        @Nullable Step step,
        @Nullable String said)
        implements Overlay {
    private static final int MORE_THAN_ALL = 1_000_000;

    public Board {
        tabs = List.copyOf(tabs);
    }

    static Board of(Place place) {
        return new Board(place, List.of(), null, 0, "", null, null);
    }

    static Board settings(Place.Kind tab) {
        List<Place> tabs = Place.SETTINGS.stream().map(Place::of).toList();
        return new Board(Place.of(tab), tabs, null, 0, "", null, null);
    }

    static Board spend() {
        List<Place> tabs =
                Place.SPENDING.stream().map(each -> new Place(Place.Kind.SPEND, each)).toList();
        return new Board(tabs.getFirst(), tabs, null, 0, "", null, null);
    }

    /// What a place holds now. **Shape** `note` stands below, null where nothing is to be said.
    public record Content(List<Column> columns, List<Line> lines, @Nullable String note) {
        public Content {
            columns = List.copyOf(columns);
            lines = List.copyOf(lines);
        }

        /// Lines of words only.
        public static Content of(List<Line> lines, @Nullable String note) {
            return new Content(List.of(), lines, note);
        }
    }

    /// A column of the rows. Those with the highest `drop` go first where the screen is narrow; 0
    /// stays. A title may be empty.
    public record Column(String title, boolean right, int drop) {
        public static Column left(String title, int drop) {
            return new Column(title, false, drop);
        }

        public static Column right(String title, int drop) {
            return new Column(title, true, drop);
        }
    }

    /// One of them.
    public sealed interface Line {

        /// Stands over rows; is never chosen.
        record Head(String text) implements Line {
            public Head {
                text = Safe.oneLine(text);
            }
        }

        /// Words over the whole width, wrapped; is never chosen.
        record Words(List<Span> spans) implements Line {
            public Words {
                spans = List.copyOf(spans);
            }
        }

        /// Can be chosen. **Shape** `id` is the same when the content comes anew; a cell for each
        /// column; Enter does the only act or offers them all.
        record Row(String id, List<Span> cells, List<Act> acts) implements Line {
            public Row {
                cells = List.copyOf(cells);
                acts = List.copyOf(acts);
            }

            String text() {
                StringBuilder out = new StringBuilder();
                cells.forEach(cell -> out.append(cell.text()).append(' '));
                return out.toString();
            }
        }

        static Line words(String text, Role role) {
            return new Words(List.of(Span.of(Safe.oneLine(text), role)));
        }
    }

    /// A cell of a row, made safe.
    public static Span cell(String text, Role role) {
        return Span.of(Safe.oneLine(text), role);
    }

    public static Span cell(String text) {
        return cell(text, Role.PLAIN);
    }

    /// What can be done with a row; `key` chooses it among several, and with Alt at once.
    public record Act(char key, String label, Doing doing) {
        public static Act of(char key, String label, Effect.Work work) {
            return new Act(key, label, new Doing.Now(work));
        }

        /// Closes the board and does it.
        public static Act leaving(char key, String label, Effect.Work work) {
            return new Act(key, label, new Doing.Leave(work));
        }

        public static Act open(char key, String label, Place place) {
            return new Act(key, label, new Doing.Open(place));
        }

        /// Asks first; `question` says what will be lost.
        public static Act asking(char key, String label, String question, Effect.Work work) {
            return new Act(key, label, new Doing.Asking(question, work));
        }

        /// Asks for a text; `then` is given what was entered. **Errors** of `then`: an
        /// IllegalArgumentException is shown and the text stays.
        public static Act entering(
                char key, String label, String ask, String text, Function<String, Effect> then) {
            return new Act(key, label, new Doing.Entering(ask, text, false, then));
        }

        /// As [#entering], of what nobody may read.
        public static Act secret(
                char key, String label, String ask, Function<String, Effect> then) {
            return new Act(key, label, new Doing.Entering(ask, "", true, then));
        }
    }

    /// How an act is done.
    public sealed interface Doing {
        record Now(Effect.Work work) implements Doing {}

        record Leave(Effect.Work work) implements Doing {}

        record Open(Place place) implements Doing {}

        record Command(hal0.tui.state.Command command) implements Doing {}

        record Asking(String question, Effect.Work work) implements Doing {}

        record Entering(String ask, String text, boolean masked, Function<String, Effect> then)
                implements Doing {}
    }

    /// What was begun and wants another key.
    public sealed interface Step {

        /// Several acts to choose from.
        record Choosing(List<Act> acts, int chosen) implements Step {
            public Choosing {
                acts = List.copyOf(acts);
            }
        }

        record Confirming(String question, Effect.Work work) implements Step {}

        /// A text that is entered; `problem` says what is wrong with it.
        record Entering(Doing.Entering doing, Prompt prompt, @Nullable String problem)
                implements Step {

            /// A secret stays out of logs and messages.
            @Override
            public String toString() {
                return "Entering[" + doing.ask() + "]";
            }
        }
    }

    /// The lines that fit the filter, best rows first; in their own order, with heads, without one.
    public List<Line> shown() {
        if (content == null || filter.isBlank()) {
            return content == null ? List.of() : content.lines();
        }
        if (content.lines().stream().noneMatch(Line.Row.class::isInstance)) {
            return content.lines().stream().filter(line -> holds(line, filter)).toList();
        }
        record Ranked(Line line, int score) {}
        return content.lines().stream()
                .filter(Line.Row.class::isInstance)
                .map(line -> new Ranked(line, Fuzzy.score(filter, ((Line.Row) line).text())))
                .filter(ranked -> ranked.score() >= 0)
                .sorted(Comparator.comparingInt((Ranked ranked) -> -ranked.score()))
                .map(Ranked::line)
                .toList();
    }

    private static boolean holds(Line line, String words) {
        return line instanceof Line.Words(var spans)
                && spans.stream()
                        .map(Span::text)
                        .collect(Collectors.joining())
                        .toLowerCase(Locale.ROOT)
                        .contains(words.toLowerCase(Locale.ROOT));
    }

    /// The rows of [#shown] that can be chosen.
    public List<Line.Row> rows() {
        return shown().stream()
                .filter(Line.Row.class::isInstance)
                .map(Line.Row.class::cast)
                .toList();
    }

    /// The chosen row, or null.
    public Line.@Nullable Row chosen() {
        List<Line.Row> rows = rows();
        return rows.isEmpty() ? null : rows.get(Math.clamp(selected, 0, rows.size() - 1));
    }

    Board moved(int steps) {
        int last = Math.max(0, scrolls() ? shown().size() - 1 : rows().size() - 1);
        return new Board(
                place,
                tabs,
                content,
                Math.clamp((long) selected + steps, 0, last),
                filter,
                step,
                said);
    }

    /// Whether what comes is followed.
    boolean isAtEnd() {
        return content == null || selected >= shown().size() - 1;
    }

    /// Without rows that can be chosen the lines themselves are walked.
    public boolean scrolls() {
        return rows().isEmpty();
    }

    Board withFilter(String typed) {
        Board next = new Board(place, tabs, content, 0, typed, step, said);
        return place.kind().tail() ? next.moved(MORE_THAN_ALL) : next;
    }

    Board withStep(@Nullable Step next) {
        return new Board(place, tabs, content, selected, filter, next, said);
    }

    /// The chosen row stays chosen wherever it is now.
    Board withContent(Content other) {
        Line.Row before = chosen();
        Board next = new Board(place, tabs, other, selected, filter, step, said);
        if (place.kind().tail()) {
            return isAtEnd() ? next.moved(MORE_THAN_ALL) : next.moved(0);
        }
        if (before == null) {
            return next.moved(0);
        }
        List<Line.Row> rows = next.rows();
        for (int i = 0; i < rows.size(); i++) {
            if (rows.get(i).id().equals(before.id())) {
                return new Board(place, tabs, other, i, filter, step, said);
            }
        }
        return next.moved(0);
    }

    Board withSaid(@Nullable String text) {
        return new Board(place, tabs, content, selected, filter, step, text);
    }

    Board withTab(int by) {
        if (tabs.isEmpty()) {
            return this;
        }
        Place to = tabs.get(Math.floorMod(tabs.indexOf(place) + by, tabs.size()));
        return new Board(to, tabs, null, 0, "", null, null);
    }

    public String title() {
        return tabs.isEmpty()
                ? place.title()
                : place.kind() == Place.Kind.SPEND ? place.kind().title() : "Settings";
    }
}
