package hal0.agent;

import hal0.agent.session.History;
import hal0.agent.session.SessionEntry;
import hal0.agent.session.SessionLog;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/// The session that a conversation is recorded in, and what holds of it now.
///
/// **Threads** written by one at a time: the turn's, or those of its tasks while it waits for them;
/// `totals` from any.
final class SessionRecorder {
    private final SessionLog log;
    private final History history;
    private final ReentrantLock writing = new ReentrantLock();
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
        writing.lock();
        try {
            log.append(entry);
            keep(entry);
        } finally {
            writing.unlock();
        }
    }

    /// What has happened, seen and paid for: it holds here even if it cannot be written.
    ///
    /// **Errors** [SessionException].
    void happened(SessionEntry entry) {
        writing.lock();
        try {
            keep(entry);
            log.append(entry);
        } finally {
            writing.unlock();
        }
    }

    private void keep(SessionEntry entry) {
        history.add(entry);
        totals = totals.plus(entry);
    }
}
