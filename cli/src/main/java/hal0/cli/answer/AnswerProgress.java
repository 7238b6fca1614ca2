package hal0.cli.answer;

import hal0.agent.AgentEvent;
import hal0.cli.console.ExitCode;
import hal0.providers.event.Usage;
import hal0.providers.price.Cost;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What is known of a turn so far.
///
/// **Shape** `content` is the last answer's; usage and cost are those of all.
public final class AnswerProgress {
    private final String session;
    private final StringBuilder content = new StringBuilder();
    private final long startedNanos = System.nanoTime();
    private final Map<String, Call> calls = new LinkedHashMap<>();
    private final Map<String, Call> ofTasks = new HashMap<>();
    private final List<Denied> denied = new ArrayList<>();
    private long firstNanos = -1;
    private int answers;
    private AgentEvent.@Nullable AnswerStarted started;
    private @Nullable Usage usage;
    private @Nullable Cost cost;
    private @Nullable AgentEvent last;

    /// A call of a tool; `outcome` is null until it is over.
    public record Call(AgentEvent.ToolStarted started, AgentEvent.@Nullable ToolEnded outcome) {
        public boolean failed() {
            return outcome != null && outcome.outcome().failed();
        }
    }

    /// A call that permissions kept from running, and why.
    record Denied(String tool, String title, String reason) {}

    public AnswerProgress(String session) {
        this.session = session;
    }

    /// Takes an event over; called before it is printed.
    public void accept(AgentEvent event) {
        switch (event) {
            case AgentEvent.AnswerStarted start -> {
                started = start;
                answers++;
                content.setLength(0);
            }
            case AgentEvent.TextDelta(String text) -> {
                first();
                content.append(text);
            }
            case AgentEvent.ThinkingDelta _ -> first();
            case AgentEvent.Spent(var used, var price) -> spent(used, price);
            case AgentEvent.ToolStarted call -> {
                first();
                calls.put(call.callId(), new Call(call, null));
            }
            case AgentEvent.ToolEnded end -> {
                denied(calls.get(end.callId()), end);
                calls.computeIfPresent(end.callId(), (_, call) -> new Call(call.started(), end));
            }
            case AgentEvent.Within(_, AgentEvent.Spent(var used, var price)) -> spent(used, price);
            case AgentEvent.Within(_, AgentEvent.ToolStarted call) ->
                    ofTasks.put(call.callId(), new Call(call, null));
            case AgentEvent.Within(_, AgentEvent.ToolEnded end) ->
                    denied(ofTasks.remove(end.callId()), end);
            case AgentEvent.Work _ -> {}
            case AgentEvent.TurnEnded _,
                    AgentEvent.TurnHalted _,
                    AgentEvent.TurnInterrupted _,
                    AgentEvent.TurnFailed _ ->
                    last = event;
        }
    }

    private void denied(@Nullable Call call, AgentEvent.ToolEnded end) {
        if (call != null && end.denied()) {
            AgentEvent.ToolStarted started = call.started();
            denied.add(new Denied(started.tool(), started.title(), end.outcome().text()));
        }
    }

    private void first() {
        if (firstNanos < 0) {
            firstNanos = System.nanoTime() - startedNanos;
        }
    }

    private void spent(Usage used, Cost price) {
        usage = usage == null ? used : usage.plus(used);
        cost = cost == null ? price : sum(cost, price);
    }

    /// What nobody knows of one makes the sum unknown; what is local costs nothing.
    private static Cost sum(Cost one, Cost other) {
        if (one instanceof Cost.Unknown || other instanceof Cost.Unknown) {
            return new Cost.Unknown();
        }
        if (one instanceof Cost.Local && other instanceof Cost.Local) {
            return one;
        }
        return new Cost.Usd(usd(one).add(usd(other)));
    }

    private static BigDecimal usd(Cost cost) {
        return cost instanceof Cost.Usd(var amount) ? amount : BigDecimal.ZERO;
    }

    String session() {
        return session;
    }

    String content() {
        return content.toString();
    }

    int answers() {
        return answers;
    }

    AgentEvent.@Nullable AnswerStarted started() {
        return started;
    }

    @Nullable Usage usage() {
        return usage;
    }

    @Nullable Cost cost() {
        return cost;
    }

    /// In the order in which they began.
    public List<Call> calls() {
        return new ArrayList<>(calls.values());
    }

    /// What permissions kept from running, in tasks too.
    List<Denied> denied() {
        return List.copyOf(denied);
    }

    long latencyMillis() {
        return (System.nanoTime() - startedNanos) / 1_000_000;
    }

    /// -1 when nothing came.
    long firstTokenMillis() {
        return firstNanos < 0 ? -1 : firstNanos / 1_000_000;
    }

    /// A turn that ended well is denied when permissions kept a call from running.
    public int exitCode() {
        return switch (last) {
            case AgentEvent.TurnFailed failed -> ExitCode.of(failed.kind());
            case AgentEvent.TurnHalted _ -> ExitCode.FAILED;
            case AgentEvent.TurnInterrupted _ -> ExitCode.INTERRUPTED;
            case null, default -> denied.isEmpty() ? ExitCode.DONE : ExitCode.DENIED;
        };
    }
}
