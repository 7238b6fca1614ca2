package hal0.agent;

import hal0.home.error.ErrorKind;
import hal0.providers.event.StopReason;
import hal0.providers.event.Usage;
import hal0.providers.price.Cost;

/// What happens during a turn, for whoever shows it.
///
/// **Shape** `TurnStarted` first unless the turn fails before an answer begins; then deltas;
/// `Spent` once, after the last delta, for every answer that began; exactly one of `TurnEnded`,
/// `TurnInterrupted` and `TurnFailed`, last. Deltas may be merged on the way; nothing else may be
/// dropped.
public sealed interface AgentEvent {

    /// Somebody answers.
    record TurnStarted(String requestId, String provider, String model) implements AgentEvent {}

    record TextDelta(String text) implements AgentEvent {}

    record ThinkingDelta(String text) implements AgentEvent {}

    /// What the request used and cost. Where the provider did not count, `usage` is [Usage#NONE]
    /// and `cost` unknown, unless it is local; an answer that failed before it said anything has
    /// none.
    record Spent(Usage usage, Cost cost) implements AgentEvent {}

    record TurnEnded(StopReason reason) implements AgentEvent {}

    /// The user stopped it; what was said stays in the conversation.
    record TurnInterrupted() implements AgentEvent {}

    /// **Shape** `message` is fit to be shown.
    record TurnFailed(ErrorKind kind, String message) implements AgentEvent {}
}
