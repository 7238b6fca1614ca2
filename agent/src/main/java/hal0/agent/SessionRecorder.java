package hal0.agent;

import hal0.agent.session.History;
import hal0.agent.session.SessionEntry;
import hal0.agent.session.SessionLog;
import java.util.List;

/// The session that a conversation is recorded in, and what holds of it now.
///
/// **Threads** written by the thread of the turn; `totals` from any.
final class SessionRecorder {
    private final SessionLog log;
    private final History history;
    private volatile Totals totals;

    SessionRecorder(SessionLog log, List<SessionEntry> entries) {
        this.log = log;
        this.history = History.of(entries);
        this.totals = Totals.of(entries);
    }

    SessionLog log() {
        return log;
    }

    History history() {
        return history;
    }

    Totals totals() {
        return totals;
    }

    /// What the user says, or does to the conversation: what cannot be written did not happen.
    ///
    /// **Errors** [SessionException].
    void say(SessionEntry entry) {
        log.append(entry);
        keep(entry);
    }

    /// What has happened, seen and paid for: it holds here even if it cannot be written.
    ///
    /// **Errors** [SessionException].
    void happened(SessionEntry entry) {
        keep(entry);
        log.append(entry);
    }

    private void keep(SessionEntry entry) {
        history.add(entry);
        totals = totals.plus(entry);
    }
}
