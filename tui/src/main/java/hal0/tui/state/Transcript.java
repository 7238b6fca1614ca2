package hal0.tui.state;

import hal0.agent.session.Todo;
import hal0.agent.tool.ToolOutcome;
import hal0.tui.text.Ink;
import hal0.tui.text.Markdown;
import hal0.tui.text.Role;
import hal0.tui.text.Row;
import hal0.tui.text.Safe;
import hal0.tui.text.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/// Everything that was said: rows that stay as they are, and what is still being written.
///
/// **Shape** the work of a new piece depends on the piece and on the open line, never on what came
/// before.
public record Transcript(Rows rows, Open open) {
    public static final Transcript EMPTY = new Transcript(Rows.EMPTY, new Open.Nothing());

    private static final int LONGEST_THOUGHT = 4096;

    /// What is still being written.
    public sealed interface Open {
        record Nothing() implements Open {}

        record Answer(Markdown markdown, List<Row> shown) implements Open {}

        record Thinking(String tail, int lines, List<Row> shown) implements Open {}

        /// Calls of tools, some of which still run.
        record Calls(List<ToolLine> lines, List<Row> shown) implements Open {
            public Calls {
                lines = List.copyOf(lines);
            }

            static Calls of(List<ToolLine> lines) {
                return new Calls(
                        lines, lines.stream().flatMap(line -> line.rows().stream()).toList());
            }
        }
    }

    /// Only what is still being written; a blank row where that is nothing.
    Transcript openOnly() {
        Rows none = Rows.EMPTY;
        boolean nothing = open instanceof Open.Nothing;
        return new Transcript(nothing ? none.with(List.of(Row.BLANK)) : none, open);
    }

    public int size() {
        return rows.size() + openRows().size();
    }

    /// A row, committed or open.
    public Row row(int index) {
        return index < rows.size() ? rows.get(index) : openRows().get(index - rows.size());
    }

    private List<Row> openRows() {
        return switch (open) {
            case Open.Nothing() -> List.of();
            case Open.Answer(_, var shown) -> shown;
            case Open.Thinking(_, _, var shown) -> shown;
            case Open.Calls(_, var shown) -> shown;
        };
    }

    private static List<Row> thinkingRows(String tail, int lines) {
        Row head = Row.plain("∴ thinking… " + lineCount(lines + 1), Role.THINKING);
        return tail.isBlank() ? List.of(head) : List.of(head, thought(tail));
    }

    /// What the user said.
    public Transcript said(String text) {
        List<Row> more = new ArrayList<>();
        List<Span> first = List.of(new Span("› ", Ink.of(Role.USER).withBold()));
        List<Span> rest = List.of(Span.of("  ", Role.USER));
        for (String line : Safe.visible(text).split("\n", -1)) {
            List<Span> body = List.of(Span.of(line, Role.USER));
            more.add(new Row.Flow(more.isEmpty() ? first : rest, rest, body));
        }
        return block(more);
    }

    /// The next piece of an answer.
    public Transcript answered(String piece) {
        Transcript base = open instanceof Open.Answer ? this : begun();
        Markdown markdown = base.open instanceof Open.Answer(var m, _) ? m : Markdown.START;
        Markdown.Step step = markdown.feed(piece);
        return new Transcript(
                base.rows.with(step.committed()), new Open.Answer(step.next(), step.next().open()));
    }

    /// The next piece of thinking; its lines are kept folded.
    public Transcript thinking(String piece) {
        Transcript base = open instanceof Open.Thinking ? this : begun();
        Open.Thinking before =
                base.open instanceof Open.Thinking thinking
                        ? thinking
                        : new Open.Thinking("", 0, List.of());
        List<Row> done = new ArrayList<>();
        String text = before.tail() + piece;
        int start = 0;
        int newline = text.indexOf('\n');
        while (newline >= 0 || text.length() - start > LONGEST_THOUGHT) {
            boolean full = newline < 0 || newline - start > LONGEST_THOUGHT;
            int end = full ? start + LONGEST_THOUGHT : newline;
            done.add(new Row.Thought(thought(text.substring(start, end))));
            start = full ? end : end + 1;
            newline = text.indexOf('\n', start);
        }
        String tail = text.substring(start);
        int lines = before.lines() + done.size();
        Open next = new Open.Thinking(tail, lines, thinkingRows(tail, lines));
        return new Transcript(base.rows.with(done), next);
    }

    private static Row.Flow thought(String line) {
        List<Span> indent = List.of(Span.of("  ", Role.THINKING));
        return new Row.Flow(indent, indent, List.of(Span.of(Safe.oneLine(line), Role.THINKING)));
    }

    /// Commits what is open.
    public Transcript closed() {
        return switch (open) {
            case Open.Nothing() -> this;
            case Open.Answer(var markdown, _) ->
                    new Transcript(rows.with(markdown.end()), new Open.Nothing());
            case Open.Thinking(var tail, var lines, _) -> closedThinking(tail, lines);
            case Open.Calls(var lines, _) -> {
                List<ToolLine> over = lines.stream().map(ToolLine::cancelled).toList();
                yield new Transcript(rows.with(Open.Calls.of(over).shown()), new Open.Nothing());
            }
        };
    }

    private Transcript closedThinking(String tail, int lines) {
        List<Row> done = new ArrayList<>();
        if (!tail.isBlank()) {
            done.add(new Row.Thought(thought(tail)));
        }
        String count = lineCount(lines + done.size());
        done.add(Row.plain("∴ thought · " + count + " · Alt+T shows them", Role.THINKING));
        return new Transcript(rows.with(done), new Open.Nothing());
    }

    private static String lineCount(int lines) {
        return lines == 1 ? "1 line" : lines + " lines";
    }

    /// A line of the program's own.
    public Transcript noted(String text) {
        return block(List.of(Row.plain(Safe.oneLine(text), Role.NOTICE)));
    }

    /// A call of a tool begins; those that run beside each other stand together.
    public Transcript called(String id, String title) {
        Transcript base = open instanceof Open.Calls ? this : begun();
        List<ToolLine> lines = new ArrayList<>(base.calls());
        lines.add(ToolLine.started(id, title));
        return new Transcript(base.rows, Open.Calls.of(lines));
    }

    /// A running call writes something.
    public Transcript wrote(String id, String piece) {
        return changed(id, line -> line.wrote(piece));
    }

    /// A call is over.
    public Transcript tooled(String id, ToolOutcome outcome, boolean denied, long millis) {
        return changed(id, line -> line.ended(outcome, denied, millis)).settled();
    }

    private List<ToolLine> calls() {
        return open instanceof Open.Calls(var lines, _) ? lines : List.of();
    }

    private Transcript changed(String id, UnaryOperator<ToolLine> change) {
        boolean known = calls().stream().anyMatch(line -> line.id().equals(id));
        return known
                ? new Transcript(
                        rows,
                        Open.Calls.of(
                                calls().stream()
                                        .map(line ->
                                                line.id().equals(id) ? change.apply(line) : line)
                                        .toList()))
                : this;
    }

    /// Commits the calls that are over and have none before them that still runs.
    private Transcript settled() {
        List<ToolLine> lines = calls();
        int over = 0;
        while (over < lines.size() && lines.get(over).ended() != null) {
            over++;
        }
        if (over == 0) {
            return this;
        }
        Rows done = rows.with(Open.Calls.of(lines.subList(0, over)).shown());
        return over == lines.size()
                ? new Transcript(done, new Open.Nothing())
                : new Transcript(done, Open.Calls.of(lines.subList(over, lines.size())));
    }

    /// The agent's plan.
    public Transcript planned(List<Todo> todos) {
        List<Row> rows = new ArrayList<>();
        for (Todo todo : todos) {
            String mark =
                    switch (todo.state()) {
                        case PENDING -> "  ☐ ";
                        case DOING -> "  ▸ ";
                        case DONE -> "  ☑ ";
                    };
            rows.add(Row.plain(mark + Safe.oneLine(todo.text()), Role.NOTICE));
        }
        return after(rows);
    }

    /// Rows that belong to those before them.
    private Transcript after(List<Row> more) {
        Transcript base = open instanceof Open.Calls ? this : closed();
        return new Transcript(base.rows.with(more), base.open);
    }

    /// What went wrong, under a title.
    public Transcript failed(String title, List<String> lines) {
        List<Span> bar = List.of(Span.of("▌ ", Role.ERROR));
        List<Row> more = new ArrayList<>();
        Ink strong = Ink.of(Role.ERROR).withBold();
        more.add(new Row.Flow(bar, bar, List.of(new Span(Safe.oneLine(title), strong))));
        for (String line : lines) {
            for (String part : Safe.visible(line).split("\n", -1)) {
                more.add(new Row.Flow(bar, bar, List.of(Span.of(part, Role.PLAIN))));
            }
        }
        return block(more);
    }

    /// Rows that stand apart from what is around them.
    public Transcript block(List<Row> more) {
        if (open instanceof Open.Calls) {
            // Calls go on below what comes meanwhile.
            return after(more);
        }
        Transcript base = begun();
        return new Transcript(base.rows.with(more), new Open.Nothing());
    }

    /// With everything closed and a blank line at the end, unless it is empty.
    private Transcript begun() {
        Transcript base = closed();
        return base.rows.size() == 0
                ? base
                : new Transcript(base.rows.with(List.of(Row.BLANK)), base.open);
    }
}
