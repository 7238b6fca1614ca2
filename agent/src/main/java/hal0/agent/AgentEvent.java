package hal0.agent;

import hal0.agent.session.Todo;
import hal0.agent.tool.ToolOutcome;
import hal0.home.error.ErrorKind;
import hal0.providers.error.Setback;
import hal0.providers.event.StopReason;
import hal0.providers.event.Usage;
import hal0.providers.price.Cost;
import java.util.List;

/// What happens during a turn, for whoever shows it.
///
/// **Shape** a turn is one answer or several, with the calls of tools between them. Of an answer:
/// `AnswerStarted`, unless it fails before it begins; then deltas; `Spent` once, after the last
/// delta. Of a call: `ToolStarted`, pieces of output, `ToolEnded`; calls that run beside each other
/// interleave. Exactly one of `TurnEnded`, `TurnHalted`, `TurnInterrupted` and `TurnFailed`, last.
/// Deltas may be merged on the way; nothing else may be dropped.
public sealed interface AgentEvent {

    /// Somebody answers.
    record AnswerStarted(String requestId, String provider, String model) implements AgentEvent {}

    record TextDelta(String text) implements AgentEvent {}

    record ThinkingDelta(String text) implements AgentEvent {}

    /// What the request used and cost. Where the provider did not count, `usage` is [Usage#NONE]
    /// and `cost` unknown, unless it is local or could be guessed; an answer that failed before it
    /// said anything has none.
    record Spent(Usage usage, Cost cost) implements AgentEvent {

        /// Whether the cost is a guess.
        public boolean estimated() {
            return usage.equals(Usage.NONE) && cost instanceof Cost.Usd;
        }
    }

    /// What an agent does beside answering.
    sealed interface Work extends AgentEvent {}

    /// A call is about to be decided about and run. `arguments` is JSON.
    record ToolStarted(String callId, String tool, String title, String arguments)
            implements Work {}

    /// What a running call has to show.
    record ToolOutput(String callId, String text) implements Work {}

    /// A call is over. `denied` when permissions did not let it run.
    record ToolEnded(String callId, ToolOutcome outcome, boolean denied, long millis)
            implements Work {}

    /// The agent's plan changed.
    record PlanChanged(List<Todo> todos) implements Work {}

    /// Something happens in a conversation that the call of a tool leads.
    record Within(String callId, AgentEvent event) implements Work {}

    /// Nobody has answered yet, and somebody is asked again: of no interest any more once the next
    /// event has come.
    record Delayed(Setback setback) implements Work {}

    /// Older turns are now told to the model as a summary, which leaves about so many tokens of
    /// what is told.
    record Compacted(String summary, long contextTokens) implements Work {}

    /// What the user said while the turn ran is told to the model now.
    record Told(String text) implements Work {}

    /// A word of hal0's own to the user.
    record Noted(String text) implements Work {}

    /// The turn was ended before the model was done: too many answers, or a call that keeps
    /// failing.
    record TurnHalted(String why) implements AgentEvent {}

    record TurnEnded(StopReason reason) implements AgentEvent {}

    /// The user stopped it; what was said stays in the conversation.
    record TurnInterrupted() implements AgentEvent {}

    /// **Shape** `message` is fit to be shown.
    record TurnFailed(ErrorKind kind, String message) implements AgentEvent {}
}
