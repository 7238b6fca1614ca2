package hal0.tui.text;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Markdown that arrives in pieces.
///
/// **Shape** a row that was committed never changes: a line is committed when its end has come, a
/// table when it has ended or grown to [#TABLE_ROWS], after which its columns keep their widths. A
/// line break in the source is a line break on the screen. What is open is at most a line of
/// [#LONGEST_LINE] characters and a table, so the work of a piece does not grow with the answer.
/// **Threads** immutable.
public final class Markdown {
    static final int LONGEST_LINE = 8192;
    static final int TABLE_ROWS = 40;

    public static final Markdown START = new Markdown(null, null, "", false);

    private final @Nullable String fence;
    private final @Nullable Table table;
    private final String tail;
    private final boolean continued;

    private Markdown(
            @Nullable String fence, @Nullable Table table, String tail, boolean continued) {
        this.fence = fence;
        this.table = table;
        this.tail = tail;
        this.continued = continued;
    }

    /// What a piece of text led to.
    public record Step(List<Row> committed, Markdown next) {}

    /// Takes the next piece; it need not be safe to show yet.
    public Step feed(String piece) {
        List<Row> rows = new ArrayList<>();
        Markdown state = this;
        String text = tail + piece;
        int start = 0;
        int newline = text.indexOf('\n', tail.length());
        while (newline >= 0) {
            state = state.line(text.substring(start, newline), rows);
            start = newline + 1;
            newline = text.indexOf('\n', start);
        }
        String rest = text.substring(start);
        while (rest.length() > LONGEST_LINE) {
            int cut = cutOf(rest);
            state = state.line(rest.substring(0, cut), rows).asContinued();
            rest = rest.substring(cut);
        }
        return new Step(rows, new Markdown(state.fence, state.table, rest, state.continued));
    }

    /// Closes what is open.
    public List<Row> end() {
        List<Row> rows = new ArrayList<>();
        Markdown state = tail.isEmpty() ? this : line(tail, rows);
        state.closeTable(rows);
        return rows;
    }

    /// How the open part looks now.
    public List<Row> open() {
        if (tail.isEmpty() && table == null) {
            return List.of();
        }
        return end();
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

    private Markdown asContinued() {
        return new Markdown(fence, table, "", true);
    }

    private Markdown line(String raw, List<Row> rows) {
        String line = Safe.visible(raw.endsWith("\r") ? raw.substring(0, raw.length() - 1) : raw);
        if (fence != null) {
            return inFence(line, fence, rows);
        }
        if (continued) {
            rows.add(Block.flow(line));
            return START;
        }
        if (Block.isTableLine(line)) {
            Table grown = (table == null ? Table.EMPTY : table).with(line);
            if (grown.size() < TABLE_ROWS && !grown.isFrozen()) {
                return new Markdown(null, grown, "", false);
            }
            return new Markdown(null, grown.flush(rows), "", false);
        }
        closeTable(rows);
        String opened = Block.fenceOf(line);
        if (opened != null) {
            Row label = Block.fenceLabel(line, opened);
            if (label != null) {
                rows.add(label);
            }
            return new Markdown(opened, null, "", false);
        }
        rows.add(Block.row(line));
        return START;
    }

    private Markdown inFence(String line, String marker, List<Row> rows) {
        if (!continued && Block.closes(line, marker)) {
            return START;
        }
        rows.add(Block.code(line));
        return new Markdown(fence, null, "", false);
    }

    private void closeTable(List<Row> rows) {
        if (table != null) {
            table.flush(rows);
        }
    }
}
