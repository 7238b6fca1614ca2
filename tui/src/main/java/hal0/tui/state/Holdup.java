package hal0.tui.state;

import hal0.agent.AgentEvent;
import hal0.providers.error.Setback;
import hal0.tui.text.Safe;
import org.jspecify.annotations.Nullable;

/// What keeps an answer away, while it does. **Units** `left` in seconds, until somebody is asked
/// again.
record Holdup(Setback setback, long left) {

    /// What an event says of it; null where that is over.
    static @Nullable Holdup after(AgentEvent event) {
        return switch (event) {
            case AgentEvent.Delayed(var setback) -> of(setback);
            case AgentEvent.Within(_, AgentEvent.Delayed(var setback)) -> of(setback);
            case AgentEvent.AnswerStarted _,
                    AgentEvent.TextDelta _,
                    AgentEvent.ThinkingDelta _,
                    AgentEvent.Work _,
                    AgentEvent.Spent _,
                    AgentEvent.TurnEnded _,
                    AgentEvent.TurnHalted _,
                    AgentEvent.TurnInterrupted _,
                    AgentEvent.TurnFailed _ ->
                    null;
        };
    }

    private static Holdup of(Setback setback) {
        return new Holdup(
                setback,
                setback.next() instanceof Setback.Next.Again(var pause, _, _)
                        ? pause.plusMillis(999).toSeconds()
                        : 0);
    }

    Holdup ticked() {
        return new Holdup(setback, Math.max(0, left - 1));
    }

    String words() {
        String then =
                setback.next() instanceof Setback.Next.Again(_, var number, var most)
                        ? Setback.then(left, number, most)
                        : setback.then();
        return Safe.oneLine(setback.what() + ": " + then);
    }
}
