package hal0.tui.state;

import hal0.agent.AgentEvent;
import hal0.providers.event.Usage;
import hal0.tui.text.Role;
import hal0.tui.text.Row;
import hal0.tui.text.Safe;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// What goes on in a conversation that a call leads: its calls as a tree, what it used and cost.
///
/// **Shape** `steps` are the last [#KEPT] of `calls` calls. **Units** `tokens` read and written.
/// Pure.
record SubTask(String model, List<Step> steps, int calls, long tokens, Spend spend) {
    static final SubTask NONE = new SubTask("", List.of(), 0, 0, Spend.NONE);

    private static final int KEPT = 40;
    private static final int SHOWN = 3;

    /// A call within. `mark` as calls have it.
    record Step(String id, String title, String mark) {}

    SubTask {
        steps = List.copyOf(steps);
    }

    /// After something happened within; the same where nothing of it is shown.
    SubTask with(AgentEvent event) {
        return switch (event) {
            case AgentEvent.AnswerStarted(_, var provider, var name) ->
                    new SubTask(provider + "/" + name, steps, calls, tokens, spend);
            case AgentEvent.ToolStarted(var id, _, var title, _) -> started(id, title);
            case AgentEvent.ToolEnded(var id, var outcome, var denied, _) ->
                    ended(id, denied ? "⊘" : outcome.failed() ? "✗" : "✓");
            case AgentEvent.Spent(var usage, var cost) ->
                    new SubTask(model, steps, calls, tokens + all(usage), spend.with(usage, cost));
            case AgentEvent.TextDelta _,
                    AgentEvent.ThinkingDelta _,
                    AgentEvent.Work _,
                    AgentEvent.TurnHalted _,
                    AgentEvent.TurnEnded _,
                    AgentEvent.TurnInterrupted _,
                    AgentEvent.TurnFailed _ ->
                    this;
        };
    }

    private static long all(Usage usage) {
        return usage.totalInput() + usage.output();
    }

    private SubTask started(String id, String title) {
        List<Step> more = new ArrayList<>(steps);
        more.add(new Step(id, title, "▸"));
        List<Step> kept = more.subList(Math.max(0, more.size() - KEPT), more.size());
        return new SubTask(model, kept, calls + 1, tokens, spend);
    }

    private SubTask ended(String id, String mark) {
        List<Step> after =
                steps.stream()
                        .map(step -> step.id().equals(id) ? new Step(id, step.title(), mark) : step)
                        .toList();
        return new SubTask(model, after, calls, tokens, spend);
    }

    /// Calls, tokens and cost in words, to follow the title; empty before anything happened.
    String counts() {
        if (calls == 0 && tokens == 0) {
            return "";
        }
        String used = tokens == 0 ? "" : String.format(Locale.ROOT, " · %,d tokens", tokens);
        String cost = tokens == 0 ? "" : " · " + spend.label(true);
        return " · " + (calls == 1 ? "1 call" : calls + " calls") + used + cost;
    }

    /// The last calls while it is folded, all that are kept when it is not.
    List<Row> rows(Block block) {
        List<Row> rows = new ArrayList<>();
        int last = Math.max(0, steps.size() - SHOWN);
        if (calls > SHOWN) {
            rows.add(block.folded(line("├ … %d before".formatted(calls - SHOWN))));
        }
        for (int i = 0; i < steps.size(); i++) {
            Step step = steps.get(i);
            String branch = i == steps.size() - 1 ? "└ " : "├ ";
            Row row = line(branch + step.mark() + " " + Safe.oneLine(step.title()));
            rows.add(i < last ? block.unfolded(row) : block.always(row));
        }
        return rows;
    }

    /// All of it, only to be unfolded.
    List<Row> over(Block block) {
        return rows(new Block(block.number(), block.kind())).stream()
                .filter(row ->
                        !(row instanceof Row.Part(_, _, Row.Part.When when, _)
                                && when == Row.Part.When.FOLDED))
                .map(row -> row instanceof Row.Part part ? block.unfolded(part.row()) : row)
                .toList();
    }

    private static Row line(String text) {
        return Row.plain("  " + text, Role.DIM);
    }
}
