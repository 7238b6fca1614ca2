package hal0.agent;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hal0.agent.checkpoint.CheckpointException;
import hal0.agent.hook.Hooks;
import hal0.agent.permission.Gate;
import hal0.agent.permission.Intent;
import hal0.agent.session.SessionEntry;
import hal0.agent.tool.AgentTool;
import hal0.agent.tool.PlannedCall;
import hal0.agent.tool.ToolException;
import hal0.agent.tool.ToolOutcome;
import hal0.agent.tool.ToolRun;
import hal0.home.config.Nearest;
import hal0.providers.http.CancelToken;
import hal0.providers.message.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/// Runs the calls of one answer, those that only read beside each other, and records each result.
///
/// **Shape** results are recorded in the order of the calls; a call that was not run has a result
/// that says so. **Threads** one, which waits for those that it starts.
final class ToolCalls {
    private static final System.Logger LOG = System.getLogger(ToolCalls.class.getName());
    private static final ObjectReader JSON =
            JsonMapper.builder()
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .build()
                    .reader();
    private static final String CANCELLED = "cancelled: the user interrupted before this was done";

    private final TurnParts parts;
    private final Account account;
    private final CancelToken cancel;
    private final Consumer<AgentEvent> sink;
    private final Repetition repetition;
    private final CallFiles files;

    ToolCalls(
            TurnParts parts,
            Account account,
            CancelToken cancel,
            Consumer<AgentEvent> sink,
            Repetition repetition) {
        this.parts = parts;
        this.account = account;
        this.cancel = cancel;
        this.sink = sink;
        this.repetition = repetition;
        this.files = new CallFiles(parts, account.recorder(), sink);
    }

    /// A call that permissions let pass, or what to say instead of running it.
    private sealed interface Ready {
        record Go(Part.ToolCall call, PlannedCall planned) implements Ready {}

        record Over(Part.ToolCall call, String title, ToolOutcome outcome, boolean denied)
                implements Ready {}
    }

    void run(List<Part.ToolCall> calls) {
        List<AgentTool> tools = parts.equipment().tools().tools();
        List<Ready> together = new ArrayList<>();
        for (Part.ToolCall call : calls) {
            if (writes(call, tools)) {
                // It may be worked out from what the calls before it were about to read.
                all(together);
                together.clear();
            }
            Ready ready = ready(call, tools);
            boolean alone = ready instanceof Ready.Go(_, var planned) && !planned.parallel();
            if (alone) {
                all(together);
                together.clear();
                all(List.of(ready));
            } else {
                together.add(ready);
            }
        }
        all(together);
    }

    private Ready ready(Part.ToolCall call, List<AgentTool> tools) {
        if (cancel.isCancelled()) {
            return new Ready.Over(call, call.name(), ToolOutcome.failed(CANCELLED), false);
        }
        PlannedCall planned;
        try {
            planned = tool(call, tools).plan(arguments(call));
        } catch (ToolException e) {
            started(call, call.name());
            return new Ready.Over(call, call.name(), ToolOutcome.failed(message(e)), false);
        }
        started(call, planned.title());
        Optional<String> denied = parts.equipment().hooks().beforeTool(hookCall(call), cancel);
        if (denied.isPresent()) {
            return new Ready.Over(
                    call,
                    planned.title(),
                    ToolOutcome.failed("a hook refuses it: " + denied.get()),
                    false);
        }
        return passed(call, planned);
    }

    private Ready passed(Part.ToolCall call, PlannedCall planned) {
        Intent intent =
                new Intent(
                        call.id(),
                        call.name(),
                        planned.title(),
                        planned.deeds(),
                        planned.preview());
        return switch (parts.equipment().gate().pass(intent, cancel)) {
            case Gate.Verdict.Passed _ -> new Ready.Go(call, planned);
            case Gate.Verdict.Refused _ when cancel.isCancelled() ->
                    new Ready.Over(call, planned.title(), ToolOutcome.failed(CANCELLED), false);
            case Gate.Verdict.Refused(var reason, _) ->
                    new Ready.Over(call, planned.title(), ToolOutcome.failed(reason), true);
        };
    }

    private void all(List<Ready> calls) {
        List<Ready.Go> running = new ArrayList<>();
        for (Ready each : calls) {
            if (each instanceof Ready.Go go) {
                running.add(go);
            }
        }
        List<ToolOutcome> outcomes =
                running.size() < 2 ? running.stream().map(this::run).toList() : beside(running);
        int next = 0;
        for (Ready each : calls) {
            switch (each) {
                case Ready.Go(var call, var planned) ->
                        record(call, planned.title(), hooked(call, outcomes.get(next++)));
                case Ready.Over(var call, var title, var outcome, var denied) -> {
                    sink.accept(new AgentEvent.ToolEnded(call.id(), outcome, denied, 0));
                    if (!denied) {
                        repetition.ended(call, outcome);
                    }
                    record(call, title, outcome);
                }
            }
        }
    }

    private List<ToolOutcome> beside(List<Ready.Go> calls) {
        ToolOutcome[] outcomes = new ToolOutcome[calls.size()];
        // Closing waits for all of them.
        try (ExecutorService threads =
                Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("tool-", 0).factory())) {
            for (int i = 0; i < outcomes.length; i++) {
                int at = i;
                threads.execute(() -> outcomes[at] = run(calls.get(at)));
            }
        }
        return List.of(outcomes);
    }

    private ToolOutcome run(Ready.Go go) {
        long started = System.nanoTime();
        Part.ToolCall call = go.call();
        ToolOutcome outcome = outcome(call, go.planned());
        long millis = (System.nanoTime() - started) / 1_000_000;
        sink.accept(new AgentEvent.ToolEnded(call.id(), outcome, false, millis));
        return outcome;
    }

    private ToolOutcome outcome(Part.ToolCall call, PlannedCall planned) {
        try {
            files.before(call, planned.deeds());
            ToolRun run =
                    new ToolRun(
                            call.id(),
                            cancel,
                            text -> sink.accept(new AgentEvent.ToolOutput(call.id(), text)));
            return planned instanceof TaskTool.Task task
                    ? task.run(run, new TaskTool.Scope(parts, account, sink))
                    : planned.run(run);
        } catch (ToolException | CheckpointException e) {
            return ToolOutcome.failed(cancel.isCancelled() ? CANCELLED : message(e));
        } catch (RuntimeException | StackOverflowError e) {
            // A fault of hal0's own must not end the conversation; the model may go another way.
            LOG.log(System.Logger.Level.ERROR, "tool " + call.name() + " failed", e);
            return ToolOutcome.failed(
                    cancel.isCancelled() ? CANCELLED : "hal0 made a mistake: " + e);
        }
    }

    /// With what the hooks after a tool say of it.
    private ToolOutcome hooked(Part.ToolCall call, ToolOutcome outcome) {
        repetition.ended(call, outcome);
        List<Part> content = new ArrayList<>(outcome.content());
        parts.equipment()
                .hooks()
                .afterTool(hookCall(call), outcome.text(), outcome.failed(), cancel)
                .ifPresent(said -> content.add(new Part.Text(said)));
        // After the hook: what a formatter does to a file belongs to the call.
        files.after(call);
        return new ToolOutcome(content, outcome.failed(), outcome.diff(), outcome.todos());
    }

    private void record(Part.ToolCall call, String title, ToolOutcome outcome) {
        parts.recorder()
                .happened(
                        new SessionEntry.ToolAnswered(
                                parts.now(),
                                new Part.ToolResult(call.id(), outcome.content(), outcome.failed()),
                                outcome.diff(),
                                title));
        if (outcome.todos() != null) {
            parts.recorder().happened(new SessionEntry.Planned(parts.now(), outcome.todos()));
            sink.accept(new AgentEvent.PlanChanged(outcome.todos()));
        }
    }

    private Hooks.Call hookCall(Part.ToolCall call) {
        return new Hooks.Call(
                parts.recorder().log().id(), call.id(), call.name(), call.arguments());
    }

    private void started(Part.ToolCall call, String title) {
        sink.accept(new AgentEvent.ToolStarted(call.id(), call.name(), title, call.arguments()));
    }

    private static boolean writes(Part.ToolCall call, List<AgentTool> tools) {
        return tools.stream().anyMatch(tool -> tool.writes() && tool.name().equals(call.name()));
    }

    private static AgentTool tool(Part.ToolCall call, List<AgentTool> tools) {
        for (AgentTool tool : tools) {
            if (tool.name().equals(call.name())) {
                return tool;
            }
        }
        List<String> names = tools.stream().map(AgentTool::name).toList();
        throw new ToolException(
                "there is no tool \"%s\"%s; the tools are: %s"
                        .formatted(
                                call.name(),
                                Nearest.hint(call.name(), names),
                                String.join(", ", names)));
    }

    private static ObjectNode arguments(Part.ToolCall call) {
        try {
            JsonNode read = JSON.readTree(call.arguments());
            if (read instanceof ObjectNode object) {
                return object;
            }
            throw new ToolException("the arguments are not a JSON object");
        } catch (JsonProcessingException e) {
            throw new ToolException("the arguments are not JSON: " + e.getOriginalMessage(), e);
        }
    }

    private static String message(RuntimeException e) {
        String message = e.getMessage();
        return message == null || message.isBlank() ? e.getClass().getSimpleName() : message;
    }
}
