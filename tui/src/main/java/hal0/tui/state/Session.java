package hal0.tui.state;

import hal0.agent.permission.Mode;
import hal0.providers.event.Usage;
import hal0.providers.price.Cost;
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
        Mode mode,
        Progress progress) {

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
                Mode.ASK,
                earlier.progress());
    }

    boolean isRunning() {
        return turn instanceof Turn.Running;
    }

    /// Whether nobody could answer although there is a relay: nothing was chosen yet.
    boolean lacksModel() {
        return active == null && relay instanceof Relay.Up;
    }

    Session withTurn(Turn other) {
        return new Session(other, queued, relay, active, spend, contextTokens, mode, progress);
    }

    Session withRelay(Relay other) {
        return new Session(turn, queued, other, active, spend, contextTokens, mode, progress);
    }

    Session withActive(@Nullable Active other) {
        return new Session(turn, queued, relay, other, spend, contextTokens, mode, progress);
    }

    Session withSpend(Spend total) {
        return new Session(turn, queued, relay, active, total, contextTokens, mode, progress);
    }

    Session withMode(Mode other) {
        return new Session(turn, queued, relay, active, spend, contextTokens, other, progress);
    }

    Session with(Progress other) {
        return new Session(turn, queued, relay, active, spend, contextTokens, mode, other);
    }

    Session withCommands(int running) {
        return with(progress.with(running));
    }

    Session with(Bill other) {
        return with(progress.with(other));
    }

    /// A turn begins.
    Session begun() {
        return withTurn(new Turn.Running(0, false, false)).with(progress.begun());
    }

    /// What an answer used and cost. One beside the conversation, such as a summary, does not say
    /// how full the window is, nor does one that was broken off before anybody counted.
    Session spent(Usage usage, Cost cost) {
        Bill bill = progress.bill();
        String name = bill.answering() ? bill.model() : active == null ? null : active.name();
        boolean tells = bill.answering() && !usage.equals(Usage.NONE);
        long tokens = tells ? usage.totalInput() + usage.output() : contextTokens;
        Bill next = bill.spent(name == null ? "unknown" : name, usage, cost);
        return new Session(
                turn,
                queued,
                relay,
                active,
                spend.with(usage, cost),
                tokens,
                mode,
                progress.with(next));
    }

    /// What is told to the model is about so long now.
    Session withContext(long tokens) {
        return new Session(turn, queued, relay, active, spend, tokens, mode, progress);
    }

    /// What another conversation used that this one pays for.
    Session beside(String model, Usage usage, Cost cost) {
        Bill next = progress.bill().beside(model, usage, cost);
        return withSpend(spend.with(usage, cost)).with(next);
    }

    Session withQueued(List<String> other) {
        return new Session(turn, other, relay, active, spend, contextTokens, mode, progress);
    }

    Session queue(String text) {
        List<String> more = new ArrayList<>(queued);
        more.add(text);
        return new Session(turn, more, relay, active, spend, contextTokens, mode, progress);
    }

    Session withoutQueued(int count) {
        List<String> rest = queued.subList(count, queued.size());
        return new Session(turn, rest, relay, active, spend, contextTokens, mode, progress);
    }

    /// Without one that is told now.
    Session told(String text) {
        List<String> rest = new ArrayList<>(queued);
        return rest.remove(text)
                ? new Session(turn, rest, relay, active, spend, contextTokens, mode, progress)
                : this;
    }

    /// With what another conversation cost and holds.
    Session continued(Earlier earlier) {
        return new Session(
                turn,
                queued,
                relay,
                active,
                earlier.spend(),
                earlier.contextTokens(),
                mode,
                earlier.progress().with(progress.commands()));
    }

    Session forgotten() {
        return new Session(
                turn,
                List.of(),
                relay,
                active,
                spend,
                0,
                mode,
                Progress.NONE.with(progress.bill()).with(progress.commands()));
    }
}
