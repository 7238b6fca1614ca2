package hal0.tui.state;

import hal0.tui.text.Cells;
import hal0.tui.text.Role;
import hal0.tui.text.Safe;
import hal0.tui.text.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Rows over the transcript that are walked, narrowed by typing, and acted on.
///
/// **Shape** `tabs` are its neighbours, empty where it stands alone; `selected` is a place among
/// the rows that [#shown] gives; `step` is what was begun on the chosen row. `content` is null
/// until it came. `said` tells how the last change went, until the next key. `beside` is what was
/// looked up for the chosen row and for the filter.
public record Board(
        Place place,
        List<Place> tabs,
        @Nullable Content content,
        int selected,
        String filter,
        @Nullable Step step,
        @Nullable String said,
        Beside beside,
        Narrowed narrowed)
        implements Overlay {
    private static final int MORE_THAN_ALL = 1_000_000;

    public Board {
        tabs = List.copyOf(tabs);
    }

    Board(
            Place place,
            List<Place> tabs,
            @Nullable Content content,
            int selected,
            String filter,
            @Nullable Step step,
            @Nullable String said,
            Beside beside) {
        this(place, tabs, content, selected, filter, step, said, beside, new Narrowed());
    }

    static Board of(Place place) {
        return new Board(place, List.of(), null, 0, "", null, null, Beside.NONE);
    }

    static Board sessions() {
        List<Place> tabs = Place.SESSIONS.stream().map(Place::of).toList();
        return new Board(tabs.getFirst(), tabs, null, 0, "", null, null, Beside.NONE);
    }

    static Board settings(Place.Kind tab) {
        List<Place> tabs = Place.SETTINGS.stream().map(Place::of).toList();
        return new Board(Place.of(tab), tabs, null, 0, "", null, null, Beside.NONE);
    }

    /// Of the tab `by`, one of [Place#SPENDING].
    static Board spend(String by) {
        List<Place> tabs =
                Place.SPENDING.stream().map(each -> new Place(Place.Kind.SPEND, each)).toList();
        return new Board(
                new Place(Place.Kind.SPEND, by), tabs, null, 0, "", null, null, Beside.NONE);
    }

    /// What was looked up. **Shape** `lines` tell of the row with the id `row`; `rows` are found by
    /// the words `typed` elsewhere than in what is shown.
    public record Beside(String row, List<Line> lines, String typed, List<Line.Row> rows) {
        static final Beside NONE = new Beside("", List.of(), "", List.of());

        public Beside {
            lines = List.copyOf(lines);
            rows = List.copyOf(rows);
        }
    }

    /// What a place holds now. **Shape** `note` stands below, null where nothing is to be said;
    /// `otherwise` makes a row of a filter that no row fits, or null; `more` while other rows are
    /// still being fetched.
    public record Content(
            List<Column> columns,
            List<Line> lines,
            @Nullable String note,
            @Nullable Function<String, Line.@Nullable Row> otherwise,
            boolean more) {
        public Content {
            columns = Column.measured(columns, lines);
            lines = List.copyOf(lines);
        }

        public Content(List<Column> columns, List<Line> lines, @Nullable String note) {
            this(columns, lines, note, null, false);
        }

        /// Lines of words only.
        public static Content of(List<Line> lines, @Nullable String note) {
            return new Content(List.of(), lines, note);
        }
    }

    /// A column of the rows. Those with the highest `drop` go first where the screen is narrow; 0
    /// stays. A title may be empty. **Units** `width` in cells, of the widest of it: [Content]
    /// measures that where the rows are made, because a frame that measures thousands is late.
    public record Column(String title, boolean right, int drop, int width) {
        public static Column left(String title, int drop) {
            return new Column(title, false, drop, 0);
        }

        public static Column right(String title, int drop) {
            return new Column(title, true, drop, 0);
        }

        /// A row of a single cell has it over all columns.
        private static List<Column> measured(List<Column> columns, List<Line> lines) {
            int[] widths =
                    columns.stream().mapToInt(column -> Cells.width(column.title())).toArray();
            for (Line line : lines) {
                if (line instanceof Line.Row(_, var cells, _, _) && cells.size() > 1) {
                    for (int i = 0; i < Math.min(widths.length, cells.size()); i++) {
                        widths[i] = Math.max(widths[i], Cells.width(cells.get(i).text()));
                    }
                }
            }
            List<Column> measured = new ArrayList<>();
            for (int i = 0; i < widths.length; i++) {
                Column column = columns.get(i);
                measured.add(new Column(column.title(), column.right(), column.drop(), widths[i]));
            }
            return List.copyOf(measured);
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
        /// column; Enter does the only act or offers them all. `about` is said below while it is
        /// chosen; empty for nothing.
        record Row(String id, List<Span> cells, List<Act> acts, String about) implements Line {
            public Row {
                cells = List.copyOf(cells);
                acts = List.copyOf(acts);
                about = Safe.oneLine(about);
            }

            public Row(String id, List<Span> cells, List<Act> acts) {
                this(id, cells, acts, "");
            }

            boolean isSameAs(@Nullable Line other) {
                return other instanceof Row row && row.id().equals(id);
            }

            /// The first cell is the name; an id that stands in it is a name without marks.
            Fuzzy.Text sought() {
                String first = cells.isEmpty() ? id : cells.getFirst().text().strip();
                StringBuilder details = new StringBuilder();
                cells.stream().skip(1).forEach(cell -> details.append(cell.text()).append('\n'));
                return new Fuzzy.Text(first.contains(id) ? id : first, details.toString());
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

    /// What can be done with a row; `key` chooses it among several, and with Alt at once. [#ENTER]
    /// as the key of the first makes Enter do it without offering the others.
    public record Act(char key, String label, Doing doing) {
        public static final char ENTER = '\r';

        public static Act of(char key, String label, Effect.Work work) {
            return new Act(key, label, new Doing.Now(work));
        }

        /// Closes the board and does it.
        public static Act leaving(char key, String label, Effect.Work work) {
            return new Act(key, label, new Doing.Leave(work));
        }

        /// Offers others, of which one is done.
        public static Act choosing(char key, String label, List<Act> among) {
            return new Act(key, label, new Doing.Choose(among));
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
                char key,
                String label,
                String ask,
                String text,
                Function<String, Effect.Work> then) {
            return new Act(key, label, Doing.Entering.of(ask, text, then));
        }

        /// Closes what is open and puts a text into the prompt.
        public static Act saying(char key, String label, String text) {
            return new Act(key, label, new Doing.Say(text));
        }

        /// As [#entering], of what nobody may read.
        public static Act secret(
                char key, String label, String ask, Function<String, Effect.Work> then) {
            return new Act(key, label, Doing.Entering.secret(ask, then));
        }
    }

    /// The lines that fit the filter, best rows first; in their own order, with heads, without one.
    public List<Line> shown() {
        return narrowed.lines(this);
    }

    /// Those that `fitting` are lines of, and what was found elsewhere.
    List<Line> with(List<Line> fitting, Content content) {
        List<Line> all = new ArrayList<>(fitting);
        if (beside.typed().equals(filter)) {
            beside.rows().stream()
                    .filter(row -> fitting.stream().noneMatch(row::isSameAs))
                    .forEach(all::add);
        }
        Line.Row other =
                all.isEmpty() && content.otherwise() != null && !content.more()
                        ? content.otherwise().apply(filter.strip())
                        : null;
        return other == null ? all : List.of(other);
    }

    /// The rows of [#shown] that can be chosen.
    public List<Line.Row> rows() {
        return narrowed.rows(this);
    }

    /// The chosen row, or null.
    public Line.@Nullable Row chosen() {
        List<Line.Row> rows = rows();
        return rows.isEmpty() ? null : rows.get(Math.clamp(selected, 0, rows.size() - 1));
    }

    /// Whether rows may come that are not there yet.
    boolean isFilling() {
        return content == null || content.more();
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
                said,
                beside,
                narrowed);
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
        Narrowed fitting = narrowed.by(filter, typed);
        Board next = new Board(place, tabs, content, 0, typed, step, said, beside, fitting);
        return place.kind().tail() ? next.moved(MORE_THAN_ALL) : next;
    }

    Board withStep(@Nullable Step next) {
        return new Board(place, tabs, content, selected, filter, next, said, beside, narrowed);
    }

    /// The chosen row stays chosen wherever it is now.
    Board withContent(Content other) {
        Line.Row before = chosen();
        Board next = new Board(place, tabs, other, selected, filter, step, said, beside);
        if (place.kind().tail()) {
            return isAtEnd() ? next.moved(MORE_THAN_ALL) : next.moved(0);
        }
        if (before == null) {
            return next.moved(0);
        }
        List<Line.Row> rows = next.rows();
        for (int i = 0; i < rows.size(); i++) {
            if (rows.get(i).id().equals(before.id())) {
                return new Board(place, tabs, other, i, filter, step, said, beside);
            }
        }
        return next.moved(0);
    }

    Board withSaid(@Nullable String text) {
        return new Board(place, tabs, content, selected, filter, step, text, beside, narrowed);
    }

    Board withTab(int by) {
        if (tabs.isEmpty()) {
            return this;
        }
        Place to = tabs.get(Math.floorMod(tabs.indexOf(place) + by, tabs.size()));
        return new Board(to, tabs, null, 0, "", null, null, Beside.NONE);
    }

    Board with(Beside other) {
        return new Board(place, tabs, content, selected, filter, step, said, other);
    }

    /// Of the chosen row; empty until it came.
    public List<Line> side() {
        Line.Row row = chosen();
        return row != null && row.id().equals(beside.row()) ? beside.lines() : List.of();
    }

    public String title() {
        if (tabs.isEmpty() || place.kind() == Place.Kind.SPEND) {
            return tabs.isEmpty() ? place.title() : place.kind().title();
        }
        return Place.SESSIONS.contains(place.kind()) ? "Sessions" : "Settings";
    }
}
