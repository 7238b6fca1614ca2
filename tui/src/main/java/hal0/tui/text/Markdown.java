package hal0.tui.text;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Markdown that arrives in pieces.
///
/// **Shape** a row that was committed never changes: a line is committed when its end has come, a
/// table as [Table] says. A line break in the source is a line break on the screen. What is open is
/// one row, or the rows that one line with breaks of its own makes; the work of a piece does not
/// grow with the answer. **Threads** immutable.
public final class Markdown {
    static final int LONGEST_LINE = 8192;

    public static final Markdown START = new Markdown(Place.START, "");

    private final Place place;
    private final String tail;

    private Markdown(Place place, String tail) {
        this.place = place;
        this.tail = tail;
    }

    /// Where in the document a line begins: in a block of code, after a part of a table, in a list
    /// whose text has the column `item`, or in the middle of a line that was too long.
    private record Place(
            @Nullable Fence fence,
            @Nullable Table table,
            int item,
            boolean afterBlank,
            boolean continued) {
        static final Place START = new Place(null, null, 0, true, false);

        static Place in(Fence fence, int item) {
            return new Place(fence, null, item, false, false);
        }

        static Place after(int item, boolean blank) {
            return new Place(null, null, item, blank, false);
        }

        Place with(@Nullable Table other) {
            return new Place(null, other, item, false, false);
        }

        Place asContinued() {
            return new Place(fence, table, item, afterBlank, true);
        }
    }

    /// What a piece of text led to.
    public record Step(List<Row> committed, Markdown next) {}

    /// Takes the next piece; it need not be safe to show yet.
    public Step feed(String piece) {
        List<Row> rows = new ArrayList<>();
        Place now = place;
        String text = tail + piece;
        int start = 0;
        int newline = text.indexOf('\n', tail.length());
        while (newline >= 0) {
            now = whole(now, text.substring(start, newline), rows);
            start = newline + 1;
            newline = text.indexOf('\n', start);
        }
        String rest = text.substring(start);
        while (rest.length() > LONGEST_LINE) {
            int cut = cutOf(rest);
            now = line(now, safe(rest.substring(0, cut)), rows, false).asContinued();
            rest = rest.substring(cut);
        }
        return new Step(rows, new Markdown(now, rest));
    }

    /// Also of a line that came whole, so that it is cut where one that came in pieces is.
    private static Place whole(Place place, String raw, List<Row> rows) {
        Place now = place;
        String rest = raw;
        while (rest.length() > LONGEST_LINE) {
            int cut = cutOf(rest);
            now = line(now, safe(rest.substring(0, cut)), rows, false).asContinued();
            rest = rest.substring(cut);
        }
        return line(now, safe(rest), rows, false);
    }

    /// Closes what is open.
    public List<Row> end() {
        List<Row> rows = new ArrayList<>();
        Place last = tail.isEmpty() ? place : line(place, safe(tail), rows, false);
        closeTable(last, rows);
        return rows;
    }

    /// How the open part looks now.
    public List<Row> open() {
        Table table = place.table();
        if (tail.isEmpty()) {
            return table == null || table.isSettled() ? List.of() : table.waiting();
        }
        List<Row> rows = new ArrayList<>();
        String text = safe(tail);
        if (table != null && !table.isSettled()) {
            boolean rule = table.isGuess() && Table.mayBecomeRule(Line.of(text).body());
            if (rule || (!table.isGuess() && Table.isRow(text))) {
                return table.waiting();
            }
        }
        Place after = line(place, text, rows, true);
        Table begun = after.table();
        if (begun != null && begun.isGuess()) {
            rows.addAll(Block.rows(Line.of(text), true));
        }
        return rows;
    }

    private static String safe(String raw) {
        return Safe.visible(raw.endsWith("\r") ? raw.substring(0, raw.length() - 1) : raw);
    }

    private static int cutOf(String line) {
        int blank = line.lastIndexOf(' ', LONGEST_LINE - 1);
        if (blank > LONGEST_LINE / 2) {
            return blank + 1;
        }
        return Character.isHighSurrogate(line.charAt(LONGEST_LINE - 1))
                ? LONGEST_LINE - 1
                : LONGEST_LINE;
    }

    /// Adds the rows of a line and gives the place after it; `typed` when its end has not come.
    private static Place line(Place place, String text, List<Row> rows, boolean typed) {
        Fence fence = place.fence();
        if (fence != null) {
            String inner = fence.inner(text);
            if (inner != null) {
                return inFence(place, fence, place.continued() ? text : inner, rows, typed);
            }
        } else if (place.continued()) {
            closeTable(place, rows);
            rows.addAll(Block.flow(text, typed));
            return Place.after(place.item(), false);
        }
        Table table = place.table();
        return table == null
                ? outside(place, text, rows, typed)
                : inTable(place, table, text, rows, typed);
    }

    private static Place inFence(
            Place place, Fence fence, String text, List<Row> rows, boolean typed) {
        if (!place.continued() && fence.closes(text)) {
            return Place.after(place.item(), text.isBlank());
        }
        if (typed && fence.mayClose(text)) {
            return place;
        }
        return Place.in(fence.add(text, rows), place.item());
    }

    private static Place inTable(
            Place place, Table table, String text, List<Row> rows, boolean typed) {
        Line line = Line.of(text);
        boolean goes = table.isGuess() ? Table.isRule(line.body()) : Table.isRow(line.body());
        if (goes) {
            Columns settled = table.columns();
            if (typed && settled != null) {
                rows.add(table.open(line.body(), settled));
                return place;
            }
            return place.with(table.with(line.body(), rows));
        }
        closeTable(place, rows);
        return outside(Place.after(place.item(), false), text, rows, typed);
    }

    private static void closeTable(Place place, List<Row> rows) {
        Table table = place.table();
        if (table != null) {
            table.end(rows);
        }
    }

    private static Place outside(Place place, String text, List<Row> rows, boolean typed) {
        int indent = Line.blanks(text, 0);
        if (indent == text.length()) {
            rows.add(Row.BLANK);
            return Place.after(place.item(), true);
        }
        boolean deep = place.afterBlank() && indent >= place.item() + Line.CODE_INDENT;
        if (deep && ListMark.length(text.substring(indent)) == 0) {
            rows.add(Row.code(text));
            return Place.after(place.item(), true);
        }
        Line line = Line.of(text);
        int item = line.item() > 0 ? line.item() : indent == 0 ? 0 : place.item();
        Fence opened = Fence.opened(line);
        if (opened != null) {
            rows.addAll(Fence.head(line));
            return Place.in(opened, item);
        }
        if (Table.isCandidate(line)) {
            return Place.after(item, false).with(Table.of(line));
        }
        rows.addAll(Block.rows(line, typed));
        return Place.after(item, false);
    }
}
