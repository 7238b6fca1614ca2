package hal0.agent.session;

import hal0.agent.session.SessionEntry.ModelSaid;
import java.util.List;

/// Tells a session whose process died in the middle of a turn from one that was left.
///
/// **Shape** pure.
final class CutOff {
    private CutOff() {}

    /// Whether the last turn has no end: an answer, or calls of tools, are still owed.
    static boolean within(List<SessionEntry> entries) {
        for (SessionEntry entry : entries.reversed()) {
            switch (entry) {
                case SessionEntry.UserSaid _ -> {
                    return true;
                }
                case SessionEntry.ToolAnswered _ -> {
                    return true;
                }
                case ModelSaid said -> {
                    return said.owesResults();
                }
                case SessionEntry.NobodyAnswered _,
                        SessionEntry.Halted _,
                        SessionEntry.Undone _,
                        SessionEntry.Redone _,
                        SessionEntry.Expanded _ -> {
                    return false;
                }
                case SessionEntry.Nudged _,
                        SessionEntry.Planned _,
                        SessionEntry.Compacted _,
                        SessionEntry.SpentBeside _,
                        SessionEntry.FilesKept _,
                        SessionEntry.FilesChanged _ -> {
                    // Stands beside what was said, before its end or after it.
                }
            }
        }
        return false;
    }
}
