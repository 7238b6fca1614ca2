package hal0.relay.approval;

import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A call that needs the owner's word, and what became of it.
///
/// **Shape** `arguments` is JSON text in which secrets are masked; `asker` is the name of the key
/// or of the client. `decidedBy` and `decidedAt` are null until somebody decided. `outcome` is null
/// until the call has ended: JSON text of one that is done, a sentence of one that failed, or that
/// hal0 ended before anybody decided.
public record Approval(
        String id,
        String tool,
        String summary,
        String arguments,
        String asker,
        Instant askedAt,
        Instant expiresAt,
        State state,
        @Nullable String decidedBy,
        @Nullable Instant decidedAt,
        @Nullable String outcome) {

    /// How far it has come; the first two change, the others are for good.
    public enum State {
        /// Nobody has decided.
        WAITING,
        /// It was approved, and is being done.
        RUNNING,
        DONE,
        /// It was approved, and could not be done.
        FAILED,
        DENIED,
        /// Nobody decided in time, or hal0 ended before.
        EXPIRED;

        /// As it stands in JSON.
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        public static Optional<State> find(String word) {
            return Arrays.stream(values()).filter(state -> state.word().equals(word)).findFirst();
        }
    }

    public boolean isWaiting() {
        return state == State.WAITING;
    }

    /// Whether nothing will change any more.
    public boolean isOver() {
        return state != State.WAITING && state != State.RUNNING;
    }

    Approval decided(State next, String who, Instant at) {
        return new Approval(
                id, tool, summary, arguments, asker, askedAt, expiresAt, next, who, at, outcome);
    }

    Approval ended(State next, @Nullable String what) {
        return new Approval(
                id, tool, summary, arguments, asker, askedAt, expiresAt, next, decidedBy, decidedAt,
                what);
    }
}
