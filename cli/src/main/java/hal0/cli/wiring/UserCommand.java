package hal0.cli.wiring;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hal0.agent.AgentEvent;
import hal0.agent.tool.AgentTool;
import hal0.agent.tool.PlannedCall;
import hal0.agent.tool.ToolException;
import hal0.agent.tool.ToolOutcome;
import hal0.agent.tool.ToolRun;
import hal0.providers.event.StopReason;
import hal0.providers.http.CancelToken;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// A command that the user typed, run by the agent's own shell so that it is bounded and shown like
/// one of the agent's. Nobody is asked: who types a command has allowed it.
record UserCommand(List<AgentTool> tools, String command) {
    private static final String CALL = "user";

    /// Gives back what the model is to be told of it; nothing when it could not be run.
    Optional<String> run(CancelToken cancel, Consumer<AgentEvent> sink) {
        ObjectNode arguments = JsonNodeFactory.instance.objectNode().put("command", command);
        long start = System.nanoTime();
        ToolOutcome outcome;
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
            outcome =
                    call.run(
                            new ToolRun(
                                    CALL,
                                    cancel,
                                    text -> sink.accept(new AgentEvent.ToolOutput(CALL, text))));
        } catch (ToolException e) {
            outcome = ToolOutcome.failed(String.valueOf(e.getMessage()));
        }
        long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
        sink.accept(new AgentEvent.ToolEnded(CALL, outcome, false, millis));
        // The output is shown as code, whatever stands in it.
        sink.accept(
                new AgentEvent.TextDelta(
                        "%1$s%n%2$s%n%1$s%n".formatted("`".repeat(6), outcome.text())));
        sink.accept(
                cancel.isCancelled()
                        ? new AgentEvent.TurnInterrupted()
                        : new AgentEvent.TurnEnded(StopReason.END));
        return Optional.of("I ran `%s` myself. It gave:\n%s".formatted(command, outcome.text()));
    }
}
