package hal0.tui.state;

import hal0.agent.permission.Mode;
import hal0.providers.event.Usage;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The conversation and what it runs on. **Units** `contextTokens` as the last answer counted them.
public record Session(
        Turn turn,
        List<String> queued,
        Relay relay,
        @Nullable Active active,
        Spend spend,
        long contextTokens,
        Mode mode) {

    public Session {
        queued = List.copyOf(queued);
    }

    static Session starting(@Nullable Active active, Earlier earlier) {
        return new Session(
                new Turn.Idle(),
                List.of(),
                new Relay.Starting(),
                active,
                earlier.spend(),
                earlier.contextTokens(),
                Mode.ASK);
    }

    boolean isRunning() {
        return turn instanceof Turn.Running;
    }

    Session withTurn(Turn other) {
        return new Session(other, queued, relay, active, spend, contextTokens, mode);
    }

    Session withRelay(Relay other) {
        return new Session(turn, queued, other, active, spend, contextTokens, mode);
    }

    Session withActive(@Nullable Active other) {
        return new Session(turn, queued, relay, other, spend, contextTokens, mode);
    }

    Session withSpend(Spend total) {
        return new Session(turn, queued, relay, active, total, contextTokens, mode);
    }

    Session withMode(Mode other) {
        return new Session(turn, queued, relay, active, spend, contextTokens, other);
    }

    Session spent(Usage usage, Spend total) {
        long tokens = usage.totalInput() + usage.output();
        return new Session(turn, queued, relay, active, total, tokens, mode);
    }

    Session queue(String text) {
        List<String> more = new ArrayList<>(queued);
        more.add(text);
        return new Session(turn, more, relay, active, spend, contextTokens, mode);
    }

    Session withoutQueued(int count) {
        List<String> rest = queued.subList(count, queued.size());
        return new Session(turn, rest, relay, active, spend, contextTokens, mode);
    }

    /// Without one that is told now.
    Session told(String text) {
        List<String> rest = new ArrayList<>(queued);
        return rest.remove(text)
                ? new Session(turn, rest, relay, active, spend, contextTokens, mode)
                : this;
    }

    /// With what another conversation cost and holds.
    Session continued(Earlier earlier) {
        return new Session(
                turn, queued, relay, active, earlier.spend(), earlier.contextTokens(), mode);
    }

    Session forgotten() {
        return new Session(turn, List.of(), relay, active, spend, 0, mode);
    }
}
