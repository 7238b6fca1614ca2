package hal0.agent.checkpoint;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// What stood in a workspace at a moment.
///
/// **Shape** paths are from the workspace's folder on, with slashes. `ignored` are the topmost
/// folders and files that git ignores, `unseen` those of them that were not looked into. `beyond`
/// says why nothing was looked at, null where something was.
record Look(
        Map<String, Seen> seen, Set<String> ignored, Set<String> unseen, @Nullable String beyond) {
    static final String IGNORED = "git ignores it, so it was not kept";
    private static final int NAMED_EACH = 20;

    static final Look NOTHING = new Look(Map.of(), Set.of(), Set.of(), null);

    static Look beyond(String why) {
        return new Look(Map.of(), Set.of(), Set.of(), why);
    }

    /// `racy` when a change soon after the look might have left `stat` as it is.
    record Seen(FileStat stat, FileState state, boolean racy) {
        boolean kept() {
            return !(state instanceof FileState.Unsaved);
        }
    }

    /// What changed until `later`, by path.
    List<FileChange> until(Look later) {
        String why = beyond == null ? later.beyond : beyond;
        if (why != null) {
            return List.of(
                    new FileChange("", new FileState.Unsaved(why), new FileState.Unsaved(why)));
        }
        List<FileChange> changes = new ArrayList<>();
        Map<String, List<FileChange>> left = new TreeMap<>();
        TreeSet<String> paths = new TreeSet<>(seen.keySet());
        paths.addAll(later.seen.keySet());
        TreeSet<String> roots = new TreeSet<>(ignored);
        roots.addAll(later.ignored);
        for (String path : paths) {
            Seen before = seen.get(path);
            Seen after = later.seen.get(path);
            if (same(before, after)) {
                continue;
            }
            FileChange change = new FileChange(path, state(before), state(after));
            String root = ignored(change) ? root(path, roots) : null;
            if (root == null) {
                changes.add(change);
            } else {
                left.computeIfAbsent(root, _ -> new ArrayList<>()).add(change);
            }
        }
        left.forEach((root, of) -> changes.addAll(of.size() <= NAMED_EACH ? of : folded(root, of)));
        TreeSet<String> unlooked = new TreeSet<>(unseen);
        unlooked.addAll(later.unseen);
        unlooked.removeAll(left.keySet());
        for (String root : unlooked) {
            changes.add(unsaved(root, "git ignores it and it is too large to be looked into"));
        }
        return changes;
    }

    private static List<FileChange> folded(String root, List<FileChange> of) {
        return List.of(
                unsaved(
                        root,
                        "%s: %d file%s in it changed"
                                .formatted(IGNORED, of.size(), of.size() == 1 ? "" : "s")));
    }

    private static FileChange unsaved(String path, String why) {
        return new FileChange(path, new FileState.Unsaved(why), new FileState.Unsaved(why));
    }

    private static boolean same(@Nullable Seen before, @Nullable Seen after) {
        if (before == null || after == null) {
            return false;
        }
        boolean kept = before.kept() && after.kept();
        return kept ? before.state().equals(after.state()) : before.stat().equals(after.stat());
    }

    private static FileState state(@Nullable Seen seen) {
        return seen == null ? new FileState.Absent() : seen.state();
    }

    private static boolean ignored(FileChange change) {
        return isIgnored(change.before()) || isIgnored(change.after());
    }

    private static boolean isIgnored(FileState state) {
        return state instanceof FileState.Unsaved(var why) && why.equals(IGNORED);
    }

    /// The ignored folder that a path lies in; null for an ignored file.
    private static @Nullable String root(String path, TreeSet<String> roots) {
        for (String at = parent(path); !at.isEmpty(); at = parent(at)) {
            if (roots.contains(at)) {
                return at;
            }
        }
        return null;
    }

    private static String parent(String path) {
        int slash = path.lastIndexOf('/');
        return slash < 0 ? "" : path.substring(0, slash);
    }
}
