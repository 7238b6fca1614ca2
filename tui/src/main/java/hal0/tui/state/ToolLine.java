package hal0.tui.state;

import hal0.agent.AgentEvent;
import hal0.agent.tool.ToolOutcome;
import hal0.tui.text.Ink;
import hal0.tui.text.Role;
import hal0.tui.text.Row;
import hal0.tui.text.Row.Part;
import hal0.tui.text.Safe;
import hal0.tui.text.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A call of a tool: one line with a mark, which unfolds to what went in and what came out.
///
/// **Shape** `tail` is the end of what a running call wrote; `within` what happens in a
/// conversation that it leads; `ended` is null while it runs. **Units** `since` in seconds of the
/// transcript. Pure.
record ToolLine(
        String id,
        Call call,
        Block block,
        int since,
        String tail,
        SubTask within,
        @Nullable Ended ended) {
    private static final long LONG_MILLIS = 1000;
    private static final int TAIL = 4096;
    private static final Excerpt RUNNING = new Excerpt(0, 20);
    private static final Excerpt OUTPUT = new Excerpt(60, 40);

    /// What is called, and what it is given.
    record Call(String title, List<Row> input) {
        Call {
            input = List.copyOf(input);
        }

        /// **Shape** `arguments` is JSON.
        static Call of(String title, String arguments) {
            return new Call(title, CallInput.rows(arguments));
        }
    }

    /// How it ended, and the rows that stay.
    record Ended(List<Row> rows) {}

    static ToolLine started(String id, Call call, int block, int since) {
        Block own = new Block(block, Part.Kind.DETAIL);
        return new ToolLine(id, call, own, since, "", SubTask.NONE, null);
    }

    /// With a piece of what it writes.
    ToolLine wrote(String piece) {
        String all = tail + piece;
        String kept = all.length() > TAIL ? all.substring(all.length() - TAIL) : all;
        return new ToolLine(id, call, block, since, kept, within, ended);
    }

    /// With something that happened in the conversation that it leads.
    ToolLine within(AgentEvent event) {
        SubTask next = within.with(event);
        return next.equals(within) ? this : new ToolLine(id, call, block, since, tail, next, ended);
    }

    /// What it changed, or the first line of why it failed.
    ToolLine ended(ToolOutcome outcome, boolean denied, long millis) {
        String duration =
                millis < LONG_MILLIS
                        ? ""
                        : String.format(Locale.ROOT, " · %.1f s", millis / 1000.0);
        Diff diff = outcome.diff() == null ? Diff.NONE : Diff.of(outcome.diff());
        String more = duration + diff.counts() + within.counts();
        List<Row> rows = new ArrayList<>();
        if (outcome.failed()) {
            rows.add(head(denied ? "⊘ " : "✗ ", more, Role.ERROR));
            rows.add(
                    Row.plain(
                            (denied ? "  denied: " : "  failed: ")
                                    + Safe.oneLine(why(outcome.text())),
                            Role.ERROR));
        } else {
            rows.add(head("✓ ", more, Role.ADDED));
        }
        rows.addAll(block.unfolded(call.input()));
        rows.addAll(within.over(block));
        if (diff.isEmpty()) {
            rows.addAll(block.unfolded(OUTPUT.rows(outcome.text(), Role.PLAIN)));
        } else {
            rows.addAll(DiffRows.of(diff, block));
        }
        return with(new Ended(rows));
    }

    /// What a command wrote stands before how it ended, which is in brackets; others say first what
    /// is wrong.
    private static String why(String text) {
        List<String> lines = text.strip().lines().toList();
        if (lines.isEmpty()) {
            return "";
        }
        return lines.getLast().startsWith("[") ? lines.getLast() : lines.getFirst();
    }

    /// One that was left alone when its turn ended.
    ToolLine cancelled() {
        if (ended != null) {
            return this;
        }
        List<Row> rows = new ArrayList<>();
        rows.add(head("⊘ ", " · cancelled" + within.counts(), Role.NOTICE));
        rows.addAll(block.unfolded(call.input()));
        rows.addAll(within.over(block));
        rows.addAll(block.unfolded(RUNNING.rows(tail, Role.PLAIN)));
        return with(new Ended(rows));
    }

    private ToolLine with(Ended how) {
        return new ToolLine(id, call, block, since, "", within, how);
    }

    /// The mark carries the colour; what is beside the title is dimmed.
    private Row head(String mark, String more, Role role) {
        List<Span> first = List.of(Span.of(mark, role));
        List<Span> rest = List.of(Span.of("  ", Role.PLAIN));
        List<Span> body = new ArrayList<>();
        body.add(new Span(Safe.oneLine(call.title()), Ink.PLAIN));
        if (!more.isEmpty()) {
            body.add(Span.of(more, Role.DIM));
        }
        return block.always(new Row.Flow(first, rest, body));
    }

    /// As it looks at a second of the transcript.
    List<Row> rows(int now) {
        if (ended != null) {
            return ended.rows();
        }
        List<Row> rows = new ArrayList<>();
        String time = now > since ? " · " + (now - since) + " s" : "";
        rows.add(head("▸ ", time + within.counts(), Role.ACCENT));
        rows.addAll(within.rows(block));
        String last = lastLine();
        if (!last.isEmpty()) {
            rows.add(block.folded(Row.plain("  │ " + Safe.oneLine(last), Role.DIM)));
        }
        rows.addAll(block.unfolded(call.input()));
        rows.addAll(block.unfolded(RUNNING.rows(tail, Role.DIM)));
        return rows;
    }

    private String lastLine() {
        String line = "";
        for (String each : tail.split("[\n\r]", -1)) {
            line = each.isBlank() ? line : each;
        }
        return line.strip();
    }
}
