package hal0.agent.session;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Under what circumstances a session began.
///
/// **Shape** `provider` and `model` are what was chosen then, empty for the active ones; an answer
/// records who really gave it. `parent` is the session of which this one does a task, `forkedFrom`
/// the one whose beginning it copied; `agent` names the agent that leads it, where one was asked
/// for by name.
public record SessionHeader(
        String id,
        String cwd,
        String provider,
        String model,
        Instant started,
        @Nullable String parent,
        @Nullable String forkedFrom,
        @Nullable String agent) {

    /// A conversation of the user's own, begun empty.
    public SessionHeader(String id, String cwd, String provider, String model, Instant started) {
        this(id, cwd, provider, model, started, null, null, null);
    }

    /// The same under another id.
    SessionHeader named(String other) {
        return new SessionHeader(other, cwd, provider, model, started, parent, forkedFrom, agent);
    }
}
