package hal0.agent.session;

import java.util.List;
import java.util.Optional;

/// What a session's file says.
public record Session(SessionHeader header, List<SessionEntry> entries) {
    public Session {
        entries = List.copyOf(entries);
    }

    /// The number of the entry with which the user said something for the `message`th time, not
    /// counting what was taken back; empty when it was not said so often. **Units** from 1.
    public Optional<Integer> findMessage(int message) {
        return History.of(entries).all().stream()
                .filter(each -> each.entry() instanceof SessionEntry.UserSaid)
                .skip(Math.max(0, message - 1L))
                .map(History.Numbered::number)
                .findFirst();
    }

    /// The same under another id: a file that was copied goes by the name of the copy.
    Session named(String id) {
        return new Session(header.named(id), entries);
    }
}
