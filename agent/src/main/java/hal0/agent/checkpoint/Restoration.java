package hal0.agent.checkpoint;

import hal0.agent.checkpoint.FileStep.Kind;
import hal0.home.IoReason;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// Brings paths from the state that they were left in to another one: first looks at all of them,
/// then writes what is needed beside them, then moves it into place.
///
/// **Shape** the changes lead from what stands there to what shall. A path that already is as it
/// shall be is no conflict, so that what was killed half-way can be done again.
final class Restoration {
    private final ObjectStore store;
    private final Capture capture;

    Restoration(ObjectStore store, Capture capture) {
        this.store = store;
        this.capture = capture;
    }

    List<FileStep> preview(NetChanges changes) {
        List<FileStep> steps = steps(changes);
        LineCount lines = new LineCount(store);
        Map<String, FileChange> byPath = byPath(changes);
        steps.replaceAll(step -> lines.counted(step, byPath.get(step.path())));
        return steps;
    }

    List<FileStep> run(NetChanges changes) {
        List<FileStep> steps = preview(changes);
        String conflicts =
                steps.stream()
                        .filter(step -> step.kind() == Kind.CONFLICT)
                        .map(step -> step.path() + ": " + step.why())
                        .collect(Collectors.joining("\n"));
        if (!conflicts.isEmpty()) {
            throw new CheckpointException(
                    "nothing was touched, because somebody else changed files since:\n"
                            + conflicts);
        }
        Map<String, FileChange> byPath = byPath(changes);
        List<Replacement.Item> items = new ArrayList<>();
        for (FileStep step : steps) {
            FileChange change = byPath.get(step.path());
            if (change != null && step.kind() != Kind.LEFT && step.kind() != Kind.SAME) {
                items.add(
                        new Replacement.Item(
                                Path.of(step.path()), change.before(), change.after()));
            }
        }
        try (Staging staging = new Staging()) {
            new Replacement(items, staging, store, capture).run();
        } catch (IOException e) {
            throw new CheckpointException("nothing was changed: %s".formatted(IoReason.of(e)), e);
        }
        return steps;
    }

    private static Map<String, FileChange> byPath(NetChanges changes) {
        Map<String, FileChange> byPath = new HashMap<>();
        changes.changes().forEach(change -> byPath.put(change.path(), change));
        return byPath;
    }

    private List<FileStep> steps(NetChanges changes) {
        List<FileStep> steps = new ArrayList<>();
        for (FileChange change : changes.changes()) {
            steps.add(
                    changes.elsewhere().contains(change.path())
                            ? FileStep.because(
                                    change.path(),
                                    Kind.CONFLICT,
                                    "somebody else changed it between two calls of the turn")
                            : step(change, changes));
        }
        return steps;
    }

    private FileStep step(FileChange change, NetChanges all) {
        String path = change.path();
        if (change.after() instanceof FileState.Unsaved(var why)) {
            return FileStep.because(path, Kind.LEFT, why);
        }
        if (change.before() instanceof FileState.Unsaved(var why)) {
            return FileStep.because(path, Kind.LEFT, why);
        }
        FileState now;
        try {
            now = capture.tell(Path.of(path));
        } catch (IOException e) {
            return FileStep.because(path, Kind.CONFLICT, "it cannot be read: " + IoReason.of(e));
        }
        boolean modeCounts =
                change.before() instanceof FileState.Folder
                        && change.after() instanceof FileState.Folder;
        if (alike(now, change.after(), modeCounts)) {
            return FileStep.of(path, Kind.SAME);
        }
        if (!alike(now, change.before(), modeCounts)) {
            return FileStep.because(path, Kind.CONFLICT, since(change.before(), now));
        }
        if (change.after() instanceof FileState.Saved(var hash, _) && !store.contains(hash)) {
            return FileStep.because(path, Kind.LEFT, store.missing());
        }
        if (now instanceof FileState.Folder
                && !(change.after() instanceof FileState.Folder)
                && !emptied(Path.of(path), gone(all))) {
            return change.after() instanceof FileState.Absent
                    ? FileStep.because(path, Kind.LEFT, "the folder holds other files")
                    : FileStep.because(path, Kind.CONFLICT, "it is a folder with other files now");
        }
        return FileStep.of(path, kind(now, change.after()));
    }

    private static Set<Path> gone(NetChanges all) {
        return all.changes().stream()
                .filter(change -> change.after() instanceof FileState.Absent)
                .map(change -> Path.of(change.path()))
                .collect(Collectors.toSet());
    }

    /// Whether a folder holds only what will be gone.
    private static boolean emptied(Path folder, Set<Path> gone) {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            for (Path entry : entries) {
                boolean left =
                        !gone.contains(entry)
                                || (Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)
                                        && !emptied(entry, gone));
                if (left) {
                    return false;
                }
            }
            return true;
        } catch (IOException | DirectoryIteratorException _) {
            return false; // what cannot be looked into stays
        }
    }

    private static Kind kind(FileState now, FileState then) {
        if (then instanceof FileState.Absent) {
            return Kind.DELETE;
        }
        if (now instanceof FileState.Absent) {
            return Kind.RECREATE;
        }
        boolean onlyMode =
                (now instanceof FileState.Saved(var hash, _)
                                && then instanceof FileState.Saved(var other, _)
                                && hash.equals(other))
                        || (now instanceof FileState.Folder && then instanceof FileState.Folder);
        return onlyMode ? Kind.MODE : Kind.RESTORE;
    }

    /// The permissions of a folder that comes or goes are nobody's work.
    private static boolean alike(FileState now, FileState expected, boolean modeCounts) {
        return now.equals(expected)
                || (!modeCounts
                        && now instanceof FileState.Folder
                        && expected instanceof FileState.Folder);
    }

    private static String since(FileState left, FileState now) {
        if (now instanceof FileState.Absent) {
            return "it was deleted since";
        }
        if (left instanceof FileState.Absent) {
            return "it was made again since";
        }
        boolean sameContent =
                left instanceof FileState.Saved(var hash, _)
                        && now instanceof FileState.Saved(var other, _)
                        && hash.equals(other);
        return sameContent ? "its permissions were changed since" : "it was changed since";
    }
}
