package hal0.agent.checkpoint;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/// What several calls changed together: from the first state of each path to its last.
///
/// **Shape** `changes` has one entry a path; `elsewhere` names the paths that somebody else changed
/// between two calls, whose work an undo would lose.
record NetChanges(List<FileChange> changes, Collection<String> elsewhere) {

    static NetChanges of(List<FileChange> all) {
        Map<String, FileChange> net = new LinkedHashMap<>();
        TreeSet<String> elsewhere = new TreeSet<>();
        for (FileChange change : all) {
            FileChange earlier = net.get(change.path());
            if (earlier != null && !follows(earlier.after(), change.before())) {
                elsewhere.add(change.path());
            }
            net.put(
                    change.path(),
                    new FileChange(
                            change.path(),
                            earlier == null ? change.before() : earlier.before(),
                            change.after()));
        }
        List<FileChange> changes = new ArrayList<>(net.values());
        changes.removeIf(FileChange::idle);
        return new NetChanges(changes, elsewhere);
    }

    NetChanges reversed() {
        return new NetChanges(
                changes.stream().map(FileChange::reversed).toList().reversed(), elsewhere);
    }

    private static boolean follows(FileState left, FileState found) {
        return left.equals(found)
                || (left instanceof FileState.Folder && found instanceof FileState.Folder)
                || left instanceof FileState.Unsaved
                || found instanceof FileState.Unsaved;
    }
}
