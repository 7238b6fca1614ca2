package hal0.agent.checkpoint;

/// What changed at one path. `path` is absolute.
public record FileChange(String path, FileState before, FileState after) {

    /// The change that takes this one back.
    FileChange reversed() {
        return new FileChange(path, after, before);
    }

    /// Whether there is nothing to take back; what was not kept may have changed unseen.
    boolean idle() {
        return before.equals(after) && !(before instanceof FileState.Unsaved);
    }
}
