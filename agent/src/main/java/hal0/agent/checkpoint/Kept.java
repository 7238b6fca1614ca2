package hal0.agent.checkpoint;

import java.util.List;

/// What was kept before a call ran, so that what it changed can be told even when hal0 was killed
/// while it ran.
///
/// **Shape** `files` are what the call said that it would change; `look` names the look at the
/// whole workspace, empty where none was taken.
public record Kept(List<Before> files, String look) {
    public Kept {
        files = List.copyOf(files);
    }

    public boolean isEmpty() {
        return files.isEmpty() && look.isEmpty();
    }

    /// A path and what stood there. `path` is absolute.
    public record Before(String path, FileState state) {}
}
