package hal0.agent.session;

import java.util.List;

/// What a session's file says.
public record Session(SessionHeader header, List<SessionEntry> entries) {
    public Session {
        entries = List.copyOf(entries);
    }

    /// The same under another id: a file that was copied goes by the name of the copy.
    Session named(String id) {
        return new Session(header.named(id), entries);
    }
}
