package hal0.agent.checkpoint;

/// One file that a turn changed. `path` is absolute.
public record FileChange(String path, FileState before, FileState after) {}
