package hal0.tui.state;

import hal0.tui.text.Role;
import hal0.tui.text.Row;
import hal0.tui.text.Row.Part;
import hal0.tui.text.Safe;
import hal0.tui.text.Span;
import java.util.ArrayList;
import java.util.List;

/// Thinking that is being written: a line that counts, and folded under it the last that was
/// thought.
///
/// **Shape** `lines` are whole lines, of which the first [#MOST] are kept; `count` counts all. The
/// work of a piece does not grow with what came before. **Units** `since` in seconds of the
/// transcript. Pure.
record Thinking(Block block, int since, Rows lines, int count, String tail, List<Row> live) {
    private static final int MOST = 2000;
    private static final int LONGEST = 4096;
    private static final int SHOWN = 3;

    static Thinking begun(int block, int since) {
        return new Thinking(
                new Block(block, Part.Kind.THINKING), since, Rows.EMPTY, 0, "", List.of());
    }

    Thinking with(String piece) {
        List<Row> done = new ArrayList<>();
        String text = tail + piece;
        int start = 0;
        int newline = text.indexOf('\n', tail.length());
        while (newline >= 0 || text.length() - start > LONGEST) {
            boolean full = newline < 0 || newline - start > LONGEST;
            int end = full ? start + LONGEST : newline;
            done.add(block.unfolded(thought(text.substring(start, end))));
            start = full ? end : end + 1;
            newline = text.indexOf('\n', start);
        }
        return with(done, text.substring(start));
    }

    private Thinking with(List<Row> done, String rest) {
        int room = Math.max(0, MOST - lines.size());
        Rows kept = lines.with(done.subList(0, Math.min(room, done.size())));
        return new Thinking(block, since, kept, count + done.size(), rest, live(kept, done, rest));
    }

    /// The last lines, which move up as more are thought.
    private List<Row> live(Rows kept, List<Row> done, String rest) {
        List<Row> last = new ArrayList<>();
        if (!rest.isBlank()) {
            last.add(thought(rest));
        }
        boolean all = kept.size() == count + done.size();
        int many = all ? kept.size() : done.size();
        for (int i = many - 1; i >= 0 && last.size() < SHOWN; i--) {
            Row row = all ? kept.get(i) : done.get(i);
            if (row instanceof Part(_, _, _, Row.Flow flow) && !isBlank(flow)) {
                last.add(flow);
            }
        }
        List<Row> rows = new ArrayList<>();
        last.reversed().forEach(row -> rows.add(block.folded(row)));
        if (!rest.isBlank()) {
            rows.add(block.unfolded(thought(rest)));
        }
        return rows;
    }

    private static boolean isBlank(Row.Flow flow) {
        return flow.body().stream().allMatch(span -> span.text().isBlank());
    }

    int size() {
        return 1 + lines.size() + live.size();
    }

    Row row(int index, int now) {
        if (index == 0) {
            return head("thinking", now, count + 1, "");
        }
        return index <= lines.size() ? lines.get(index - 1) : live.get(index - 1 - lines.size());
    }

    /// The rows that stay of it.
    List<Row> closed(int now) {
        List<Row> rows = new ArrayList<>();
        boolean rest = !tail.isBlank();
        rows.add(head("thought", now, rest ? count + 1 : count, " · Alt+T shows them"));
        for (int i = 0; i < lines.size(); i++) {
            rows.add(lines.get(i));
        }
        if (count > lines.size()) {
            String more = "… %d more lines".formatted(count - lines.size());
            rows.add(block.unfolded(thought(more)));
        }
        if (rest) {
            rows.add(block.unfolded(thought(tail)));
        }
        return rows;
    }

    private Row head(String what, int now, int many, String hint) {
        String time = now > since ? " · " + (now - since) + " s" : "";
        String lineCount = many == 1 ? "1 line" : many + " lines";
        return block.always(
                Row.plain("∴ " + what + time + " · " + lineCount + hint, Role.THINKING));
    }

    private static Row.Flow thought(String line) {
        List<Span> indent = List.of(Span.of("  ", Role.THINKING));
        return new Row.Flow(indent, indent, List.of(Span.of(Safe.oneLine(line), Role.THINKING)));
    }
}
