package hal0.cli.wiring;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hal0.agent.Agent;
import hal0.agent.AgentEvent;
import hal0.agent.session.SessionException;
import hal0.agent.tool.AgentTool;
import hal0.agent.tool.PlannedCall;
import hal0.agent.tool.ToolException;
import hal0.agent.tool.ToolOutcome;
import hal0.agent.tool.ToolRun;
import hal0.providers.event.StopReason;
import hal0.providers.http.CancelToken;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// A command that the user typed, run by the agent's own shell so that it is bounded and shown like
/// one of the agent's. Nobody is asked: who types a command has allowed it.
record UserCommand(List<AgentTool> tools, String command) {
    private static final String CALL = "user";

    /// As a turn of the conversation, so that the model is told of it and it can be undone.
    void run(Agent agent, CancelToken cancel, Consumer<AgentEvent> sink) {
        ObjectNode arguments = JsonNodeFactory.instance.objectNode().put("command", command);
        try {
            AgentTool shell =
                    tools.stream()
                            .filter(tool -> tool.name().equals("shell"))
                            .findFirst()
                            .orElseThrow(() -> new ToolException("there is no shell here"));
            PlannedCall call = shell.plan(arguments);
            sink.accept(
                    new AgentEvent.ToolStarted(
                            CALL, shell.name(), call.title(), arguments.toString()));
            agent.act('!' + command, call.deeds(), () -> told(call, cancel, sink), sink);
        } catch (ToolException e) {
            shown(ToolOutcome.failed(String.valueOf(e.getMessage())), 0, sink);
        } catch (SessionException e) {
            sink.accept(new AgentEvent.TurnFailed(e.kind(), String.valueOf(e.getMessage())));
            return;
        }
        sink.accept(
                cancel.isCancelled()
                        ? new AgentEvent.TurnInterrupted()
                        : new AgentEvent.TurnEnded(StopReason.END));
    }

    private static String told(PlannedCall call, CancelToken cancel, Consumer<AgentEvent> sink) {
        long start = System.nanoTime();
        ToolOutcome outcome;
        try {
            outcome =
                    call.run(
                            new ToolRun(
                                    CALL,
                                    cancel,
                                    text -> sink.accept(new AgentEvent.ToolOutput(CALL, text))));
        } catch (ToolException e) {
            outcome = ToolOutcome.failed(String.valueOf(e.getMessage()));
        }
        shown(outcome, TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start), sink);
        return "The user ran that command. It gave:\n" + outcome.text();
    }

    private static void shown(ToolOutcome outcome, long millis, Consumer<AgentEvent> sink) {
        sink.accept(new AgentEvent.ToolEnded(CALL, outcome, false, millis));
        // The output is shown as code, whatever stands in it.
        sink.accept(
                new AgentEvent.TextDelta(
                        "%1$s%n%2$s%n%1$s%n".formatted("`".repeat(6), outcome.text())));
    }
}
