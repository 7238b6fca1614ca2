package hal0.tui.plain;

import hal0.agent.AgentEvent;
import hal0.agent.session.Todo;
import hal0.agent.tool.ToolOutcome;
import hal0.providers.event.StopReason;
import hal0.tui.text.Safe;
import java.util.List;

/// Says a turn in lines, as it goes on. What a model writes is said as it wrote it, a line when it
/// is whole: a screen reader stumbles over pieces of words.
public final class TurnText {
    private static final int LONGEST_DIFF = 40;

    private final Lines lines;
    private final StringBuilder open = new StringBuilder();
    private boolean thinks;

    public TurnText(Lines lines) {
        this.lines = lines;
    }

    public void say(AgentEvent event) {
        if (!(event instanceof AgentEvent.TextDelta)) {
            finishLine();
        }
        switch (event) {
            case AgentEvent.AnswerStarted _ -> thinks = false;
            case AgentEvent.TextDelta(var text) -> answer(text);
            case AgentEvent.ThinkingDelta _ -> {
                if (!thinks) {
                    thinks = true;
                    lines.aside("thinking");
                }
            }
            case AgentEvent.ToolStarted call -> aside("> " + call.title());
            case AgentEvent.ToolEnded end -> ended(end);
            case AgentEvent.PlanChanged(var todos) -> plan(todos);
            case AgentEvent.Within(_, AgentEvent.ToolStarted call) -> aside("  > " + call.title());
            case AgentEvent.Within(_, AgentEvent.ToolEnded end) -> ended(end);
            case AgentEvent.Compacted _ ->
                    lines.aside("older turns are told to the model as a summary now");
            case AgentEvent.Noted(var text) -> aside(text);
            case AgentEvent.Delayed(var setback) -> aside(setback.line());
            case AgentEvent.TurnHalted(var why) -> aside("stopped: " + why);
            case AgentEvent.TurnEnded(var reason) -> over(reason);
            case AgentEvent.TurnInterrupted() -> lines.aside("interrupted");
            case AgentEvent.TurnFailed(_, var message) -> aside("failed: " + message);
            case AgentEvent.Within _,
                    AgentEvent.ToolOutput _,
                    AgentEvent.Told _,
                    AgentEvent.Spent _ -> {}
        }
    }

    private void answer(String text) {
        open.append(text);
        int end = open.indexOf("\n");
        while (end >= 0) {
            lines.answer(Safe.visible(open.substring(0, end)));
            open.delete(0, end + 1);
            end = open.indexOf("\n");
        }
    }

    private void finishLine() {
        if (!open.isEmpty()) {
            lines.answer(Safe.visible(open.toString()));
            open.setLength(0);
        }
    }

    private void ended(AgentEvent.ToolEnded end) {
        ToolOutcome outcome = end.outcome();
        if (outcome.failed()) {
            String why = outcome.text().lines().findFirst().orElse("");
            aside((end.denied() ? "  denied: " : "  failed: ") + why);
            return;
        }
        String diff = outcome.diff();
        if (diff != null) {
            List<String> changed = diff.lines().toList();
            changed.stream().limit(LONGEST_DIFF).forEach(line -> aside("  " + line));
            int more = changed.size() - LONGEST_DIFF;
            if (more > 0) {
                lines.aside("  … %d more lines".formatted(more));
            }
        }
    }

    private void plan(List<Todo> todos) {
        for (Todo todo : todos) {
            String state =
                    switch (todo.state()) {
                        case PENDING -> "to do: ";
                        case DOING -> "doing: ";
                        case DONE -> "done: ";
                    };
            aside("  " + state + todo.text());
        }
    }

    private void over(StopReason reason) {
        String note =
                switch (reason) {
                    case END, STOP_SEQUENCE, TOOL_CALLS -> null;
                    case LENGTH -> "the answer was cut at the model's output limit";
                    case REFUSAL -> "the provider or the model refused to go on";
                    case PAUSE -> "the provider paused this turn; send a message to go on";
                    case OTHER -> "the answer ended for a reason that the provider did not name";
                };
        if (note != null) {
            lines.aside(note);
        }
    }

    private void aside(String text) {
        lines.aside(Safe.oneLine(text));
    }
}
