package hal0.cli.answer;

import hal0.agent.AgentEvent;
import hal0.agent.session.Todo;
import hal0.cli.console.Console;
import hal0.cli.console.FailedCall;
import hal0.cli.console.TerminalText;
import hal0.providers.event.StopReason;
import hal0.providers.event.Usage;
import hal0.providers.price.Cost;
import hal0.providers.price.Money;
import java.util.List;

/// The answer on standard output; what tools do, what it cost and what failed on standard error.
final class TextOutput implements AnswerOutput {
    private static final int LONGEST = 300;

    private final Console console;
    private final TerminalText words;
    private boolean lineOpen;

    TextOutput(Console console, TerminalText words) {
        this.console = console;
        this.words = words;
    }

    @Override
    public void accept(AgentEvent event, AnswerProgress progress) {
        switch (event) {
            case AgentEvent.TextDelta(String text) -> {
                words.print(text);
                lineOpen = !text.endsWith("\n");
            }
            case AgentEvent.ToolStarted call -> said("> " + call.title());
            case AgentEvent.ToolEnded end -> ended(end);
            case AgentEvent.PlanChanged(var todos) -> plan(todos);
            case AgentEvent.Within(_, AgentEvent.ToolStarted call) -> said("  > " + call.title());
            case AgentEvent.Within(_, AgentEvent.ToolEnded end) -> ended(end);
            case AgentEvent.Within _ -> {}
            case AgentEvent.Compacted _ -> said("older turns are told as a summary from here on");
            case AgentEvent.Noted(var text) -> said(text);
            case AgentEvent.Delayed(var setback) -> said(setback.line());
            case AgentEvent.ToolOutput _, AgentEvent.Told _ -> {}
            case AgentEvent.TurnEnded(StopReason reason) -> over(reason, progress);
            case AgentEvent.TurnHalted(var why) -> said("hal0: " + why);
            case AgentEvent.TurnInterrupted _ -> {
                finishLine();
                // Whoever stopped reading (`| head -1`) knows.
                if (!console.isOutputGone()) {
                    console.err().println("hal0: interrupted");
                }
            }
            case AgentEvent.TurnFailed(_, String message) -> said("hal0: " + message);
            case AgentEvent.AnswerStarted _, AgentEvent.ThinkingDelta _, AgentEvent.Spent _ -> {}
        }
    }

    private void ended(AgentEvent.ToolEnded end) {
        if (end.outcome().failed()) {
            String line = FailedCall.line(end.outcome().text());
            said((end.denied() ? "  denied: " : "  failed: ") + line);
        }
    }

    private void plan(List<Todo> todos) {
        for (Todo todo : todos) {
            String mark =
                    switch (todo.state()) {
                        case DONE -> "x";
                        case DOING -> "-";
                        case PENDING -> " ";
                    };
            said("  [%s] %s".formatted(mark, todo.text()));
        }
    }

    private void over(StopReason reason, AnswerProgress progress) {
        finishLine();
        if (progress.content().isEmpty() && reason == StopReason.END) {
            console.err().println("hal0: the answer is empty");
        } else if (reason == StopReason.LENGTH) {
            console.err().println("hal0: the answer was cut at the token limit");
        } else if (reason == StopReason.REFUSAL) {
            console.err().println("hal0: the model refused to answer");
        }
        cost(progress);
    }

    /// A line of its own on standard error, in which nothing can act on the terminal.
    private void said(String text) {
        finishLine();
        String line = TerminalText.oneLine(text);
        int end = Math.min(line.length(), LONGEST);
        console.err().println(end < line.length() ? line.substring(0, end) + "…" : line);
    }

    private void finishLine() {
        if (lineOpen) {
            console.out().println();
            lineOpen = false;
        }
        console.out().flush();
    }

    /// Only for people: a script that wants the cost asks for json.
    private void cost(AnswerProgress progress) {
        AgentEvent.AnswerStarted started = progress.started();
        Usage usage = progress.usage();
        Cost cost = progress.cost();
        if (started == null || usage == null || cost == null || !Console.isTerminal(2)) {
            return;
        }
        console.err()
                .printf(
                        "%s/%s · %d in, %d out · %s%n",
                        started.provider(),
                        started.model(),
                        usage.totalInput(),
                        usage.output(),
                        Money.format(cost));
    }
}
