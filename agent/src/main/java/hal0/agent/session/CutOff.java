package hal0.agent.session;

import hal0.agent.session.SessionEntry.Ending;
import hal0.agent.session.SessionEntry.ModelSaid;
import hal0.providers.message.Part;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/// Tells a session whose process died in the middle of a turn from one that was left.
///
/// **Shape** pure, but for the look at the lock.
final class CutOff {
    private CutOff() {}

    /// Whether the last turn has no end: an answer, or calls of tools, are still owed.
    static boolean within(List<SessionEntry> entries) {
        for (SessionEntry entry : entries.reversed()) {
            switch (entry) {
                case SessionEntry.UserSaid _ -> {
                    return true;
                }
                case SessionEntry.ToolAnswered answered -> {
                    return !answered.result().failed();
                }
                case ModelSaid said -> {
                    return said.ending() instanceof Ending.Stopped
                            && said.parts().stream().anyMatch(Part.ToolCall.class::isInstance);
                }
                case SessionEntry.NobodyAnswered _,
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

    /// Whether somebody goes on with it, who holds its lock.
    static boolean isLed(Path file) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            return channel.tryLock(0, Long.MAX_VALUE, true) == null;
        } catch (OverlappingFileLockException e) {
            return true; // by this process
        } catch (IOException e) {
            return true; // then nobody can go on with it here either
        }
    }
}
