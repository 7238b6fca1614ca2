package hal0.agent;

import hal0.agent.checkpoint.Checkpoints;
import hal0.agent.checkpoint.FileChange;
import hal0.agent.checkpoint.FileState;
import hal0.agent.file.Diffs;
import hal0.agent.session.History;
import hal0.agent.session.SessionEntry;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What a session changed in one file, from its first call to its last.
///
/// **Shape** `path` is absolute; `diff` is unified, and empty for what is no text or was not kept.
public record FileDiff(String path, String diff) {

    /// In the order in which the files were changed first.
    static List<FileDiff> of(History history, Checkpoints checkpoints) {
        List<FileChange> changes = new ArrayList<>();
        for (History.Numbered each : history.all()) {
            if (each.entry() instanceof SessionEntry.FilesChanged(_, var of)) {
                changes.addAll(of);
            }
        }
        return FileChange.net(changes).stream()
                .filter(change -> !isFolder(change))
                .map(change -> of(change, checkpoints))
                .toList();
    }

    private static boolean isFolder(FileChange change) {
        return change.before() instanceof FileState.Folder
                || change.after() instanceof FileState.Folder;
    }

    private static FileDiff of(FileChange change, Checkpoints checkpoints) {
        Optional<String> before = checkpoints.text(change.before());
        Optional<String> after = checkpoints.text(change.after());
        if (before.isEmpty() || after.isEmpty()) {
            return new FileDiff(change.path(), "");
        }
        String name = String.valueOf(Path.of(change.path()).getFileName());
        boolean made = change.before() instanceof FileState.Absent;
        boolean gone = change.after() instanceof FileState.Absent;
        String diff = Diffs.of(name, made ? null : before.get(), name, gone ? null : after.get());
        return new FileDiff(change.path(), diff);
    }
}
