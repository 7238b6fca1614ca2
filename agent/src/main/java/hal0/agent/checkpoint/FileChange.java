package hal0.agent.checkpoint;

import java.util.List;

/// What changed at one path. `path` is absolute.
public record FileChange(String path, FileState before, FileState after) {

    /// What changes that followed each other come to: one for each path, and none for a path that
    /// is as it was.
    public static List<FileChange> net(List<FileChange> changes) {
        return NetChanges.of(changes).changes();
    }

    /// The change that takes this one back.
    FileChange reversed() {
        return new FileChange(path, after, before);
    }

    /// Whether there is nothing to take back; what was not kept may have changed unseen.
    boolean idle() {
        return before.equals(after) && !(before instanceof FileState.Unsaved);
    }
}
