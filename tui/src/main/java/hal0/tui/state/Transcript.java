package hal0.tui.state;

import hal0.agent.AgentEvent;
import hal0.agent.session.Todo;
import hal0.agent.tool.ToolOutcome;
import hal0.tui.text.Ink;
import hal0.tui.text.Markdown;
import hal0.tui.text.Role;
import hal0.tui.text.Row;
import hal0.tui.text.Row.Part;
import hal0.tui.text.Safe;
import hal0.tui.text.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Everything that was said: rows that stay as they are, and what is still being written.
///
/// **Shape** `said` are the places of what the user said; `blocks` is how many blocks were begun.
/// The work of a new piece depends on the piece and on the open line, never on what came before.
/// **Units** `now` in seconds in which turns ran.
public record Transcript(Rows rows, Open open, List<Integer> said, int now, int blocks) {
    public static final Transcript EMPTY =
            new Transcript(Rows.EMPTY, new Open.Nothing(), List.of(), 0, 0);

    public Transcript {
        said = List.copyOf(said);
    }

    /// What is still being written.
    public sealed interface Open {
        record Nothing() implements Open {}

        record Answer(Markdown markdown, List<Row> shown) implements Open {}

        record Thoughts(Thinking thinking) implements Open {}

        /// Calls of tools, some of which still run.
        record Calls(List<ToolLine> lines, List<Row> shown) implements Open {
            public Calls {
                lines = List.copyOf(lines);
            }

            static Calls of(List<ToolLine> lines, int now) {
                return new Calls(
                        lines, lines.stream().flatMap(line -> line.rows(now).stream()).toList());
            }
        }
    }

    /// Only what is still being written; a blank row where that is nothing.
    Transcript openOnly() {
        boolean nothing = open instanceof Open.Nothing;
        return with(nothing ? Rows.EMPTY.with(List.of(Row.BLANK)) : Rows.EMPTY, open);
    }

    private Transcript with(Rows other, Open next) {
        return new Transcript(other, next, said, now, blocks);
    }

    public int size() {
        return rows.size()
                + switch (open) {
                    case Open.Nothing() -> 0;
                    case Open.Answer(_, var shown) -> shown.size();
                    case Open.Thoughts(var thinking) -> thinking.size();
                    case Open.Calls(_, var shown) -> shown.size();
                };
    }

    /// A row, committed or open.
    public Row row(int index) {
        int at = index - rows.size();
        if (at < 0) {
            return rows.get(index);
        }
        return switch (open) {
            case Open.Nothing() -> throw new IndexOutOfBoundsException(index);
            case Open.Answer(_, var shown) -> shown.get(at);
            case Open.Thoughts(var thinking) -> thinking.row(at, now);
            case Open.Calls(_, var shown) -> shown.get(at);
        };
    }

    /// A second later.
    public Transcript ticked() {
        Open next = open instanceof Open.Calls(var lines, _) ? Open.Calls.of(lines, now + 1) : open;
        return new Transcript(rows, next, said, now + 1, blocks);
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
        Transcript after = block(more);
        List<Integer> places = new ArrayList<>(said);
        places.add(after.rows.size() - more.size());
        return new Transcript(after.rows, after.open, places, now, after.blocks);
    }

    /// The next piece of an answer.
    public Transcript answered(String piece) {
        Transcript base = open instanceof Open.Answer ? this : begun();
        Markdown markdown = base.open instanceof Open.Answer(var m, _) ? m : Markdown.START;
        Markdown.Step step = markdown.feed(piece);
        return base.with(
                base.rows.with(step.committed()), new Open.Answer(step.next(), step.next().open()));
    }

    /// The next piece of thinking.
    public Transcript thinking(String piece) {
        if (open instanceof Open.Thoughts(var thinking)) {
            return with(rows, new Open.Thoughts(thinking.with(piece)));
        }
        Transcript base = begun();
        Thinking first = Thinking.begun(base.blocks, now).with(piece);
        return new Transcript(base.rows, new Open.Thoughts(first), said, now, base.blocks + 1);
    }

    /// Commits what is open.
    public Transcript closed() {
        return switch (open) {
            case Open.Nothing() -> this;
            case Open.Answer(var markdown, _) ->
                    with(rows.with(markdown.end()), new Open.Nothing());
            case Open.Thoughts(var thinking) ->
                    with(rows.with(thinking.closed(now)), new Open.Nothing());
            case Open.Calls(var lines, _) -> {
                List<ToolLine> over = lines.stream().map(ToolLine::cancelled).toList();
                yield with(rows.with(Open.Calls.of(over, now).shown()), new Open.Nothing());
            }
        };
    }

    /// A line of the program's own.
    public Transcript noted(String text) {
        return block(List.of(Row.plain(Safe.oneLine(text), Role.NOTICE)));
    }

    /// A line of the program's own that belongs to what stands before it.
    Transcript remarked(String text) {
        List<Span> indent = List.of(Span.of("  ", Role.DIM));
        List<Span> body = List.of(Span.of(Safe.oneLine(text), Role.DIM));
        return after(List.of(new Row.Flow(indent, indent, body)));
    }

    public Transcript called(String id, String title) {
        return called(id, ToolLine.Call.of(title, ""));
    }

    /// A call of a tool begins; those that run beside each other stand together.
    Transcript called(String id, ToolLine.Call call) {
        Transcript base = open instanceof Open.Calls ? this : begun();
        List<ToolLine> lines = new ArrayList<>(base.calls());
        lines.add(ToolLine.started(id, call, base.blocks, now));
        return new Transcript(base.rows, Open.Calls.of(lines, now), said, now, base.blocks + 1);
    }

    /// A running call writes something.
    public Transcript wrote(String id, String piece) {
        return changed(id, line -> line.wrote(piece));
    }

    /// Something happens in the conversation that a running call leads.
    Transcript within(String id, AgentEvent event) {
        return changed(id, line -> line.within(event));
    }

    /// A call is over.
    public Transcript tooled(String id, ToolOutcome outcome, boolean denied, long millis) {
        return changed(id, line -> line.ended(outcome, denied, millis)).settled();
    }

    List<ToolLine> calls() {
        return open instanceof Open.Calls(var lines, _) ? lines : List.of();
    }

    /// The call of that number, while it runs or others beside it do.
    @Nullable ToolLine call(String id) {
        return calls().stream().filter(line -> line.id().equals(id)).findFirst().orElse(null);
    }

    private Transcript changed(String id, UnaryOperator<ToolLine> change) {
        ToolLine before = call(id);
        ToolLine after = before == null ? null : change.apply(before);
        if (after == null || after.equals(before)) {
            return this;
        }
        List<ToolLine> lines = new ArrayList<>(calls());
        lines.replaceAll(line -> line.id().equals(id) ? after : line);
        return with(rows, Open.Calls.of(lines, now));
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
        Rows done = rows.with(Open.Calls.of(lines.subList(0, over), now).shown());
        return over == lines.size()
                ? with(done, new Open.Nothing())
                : with(done, Open.Calls.of(lines.subList(over, lines.size()), now));
    }

    /// The agent's plan.
    public Transcript planned(List<Todo> todos) {
        return block(
                todos.stream().map(todo -> Row.plain(Plan.line(todo), Plan.role(todo))).toList());
    }

    /// Rows that belong to those before them.
    private Transcript after(List<Row> more) {
        Transcript base = open instanceof Open.Calls ? this : closed();
        return base.with(base.rows.with(more), base.open);
    }

    /// What went wrong, under a title; what is long is folded.
    public Transcript failed(String title, List<String> lines) {
        Block own = new Block(blocks, Part.Kind.DETAIL);
        Transcript after = block(ErrorRows.of(title, lines, own));
        return new Transcript(after.rows, after.open, said, now, blocks + 1);
    }

    /// Rows that stand apart from what is around them.
    public Transcript block(List<Row> more) {
        if (open instanceof Open.Calls) {
            // Calls go on below what comes meanwhile.
            return after(more);
        }
        Transcript base = begun();
        return base.with(base.rows.with(more), new Open.Nothing());
    }

    /// With everything closed and a blank line at the end, unless it is empty.
    private Transcript begun() {
        Transcript base = closed();
        return base.rows.size() == 0
                ? base
                : base.with(base.rows.with(List.of(Row.BLANK)), base.open);
    }
}
