package hal0.agent.checkpoint;

import hal0.home.IoReason;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// Puts new states in the place of old ones; when one cannot be put there, all that was done is
/// taken back.
///
/// **Shape** what comes is written first, so that a full disk is noticed before anything changes.
/// Then what goes, the deepest first; folders that come, the highest first; files; permissions.
final class Replacement {
    private final List<Item> items;
    private final Staging staging;
    private final ObjectStore store;
    private final Capture capture;
    private final Set<Path> paths;
    private final Deque<Step> done = new ArrayDeque<>();

    /// A path that is to be led from one state to another.
    record Item(Path path, FileState from, FileState to) {
        int depth() {
            return path.getNameCount();
        }

        boolean modeOnly() {
            return (from instanceof FileState.Folder && to instanceof FileState.Folder)
                    || (from instanceof FileState.Saved(var hash, _)
                            && to instanceof FileState.Saved(var other, _)
                            && hash.equals(other));
        }

        /// Whether a file takes the place of a file, so that the path is never empty.
        boolean swap() {
            return from instanceof FileState.Saved && to instanceof FileState.Saved;
        }
    }

    @FunctionalInterface
    private interface Step {
        void run() throws IOException;
    }

    /// An item and where its new content waits.
    private record Staged(Item item, Path content) {}

    Replacement(List<Item> items, Staging staging, ObjectStore store, Capture capture) {
        this.items = items.stream().sorted(Comparator.comparingInt(Item::depth)).toList();
        this.staging = staging;
        this.store = store;
        this.capture = capture;
        this.paths = items.stream().map(Item::path).collect(Collectors.toSet());
    }

    /// **Errors** [IOException] when it was taken back; [CheckpointException] when that failed too.
    void run() throws IOException {
        List<Staged> staged = new ArrayList<>();
        for (Item item : items) {
            boolean comes =
                    item.to() instanceof FileState.Saved || item.to() instanceof FileState.Link;
            if (comes && !item.modeOnly()) {
                staged.add(
                        new Staged(item, staging.write(standing(item.path()), item.to(), store)));
            }
        }
        try {
            open();
            remove();
            makeFolders();
            for (Staged each : staged) {
                place(each);
            }
            setModes();
        } catch (IOException e) {
            takeBack(e);
            throw e;
        }
    }

    /// A folder that must be written in needs its permissions first.
    private void open() throws IOException {
        for (Item item : items) {
            if (item.from() instanceof FileState.Folder
                    && item.to() instanceof FileState.Folder(var mode)
                    && mode.indexOf('w') == 1) {
                setMode(item);
            }
        }
    }

    private void remove() throws IOException {
        for (Item item : items.reversed()) {
            if (item.modeOnly() || item.swap() || item.from() instanceof FileState.Absent) {
                continue;
            }
            check(item);
            if (item.from() instanceof FileState.Folder(var mode)) {
                removeFolder(item, mode);
            } else {
                moveAway(item.path());
            }
        }
    }

    private void removeFolder(Item item, String mode) throws IOException {
        try {
            Files.delete(item.path());
        } catch (DirectoryNotEmptyException e) {
            if (item.to() instanceof FileState.Absent) {
                return; // somebody put something there just now, and that is theirs
            }
            throw e;
        }
        done.push(() -> {
            Files.createDirectory(item.path());
            Staging.setMode(item.path(), mode);
        });
    }

    private void makeFolders() throws IOException {
        for (Item item : items) {
            if (item.to() instanceof FileState.Folder && !item.modeOnly()) {
                if (item.from() instanceof FileState.Absent) {
                    check(item);
                }
                makeFolder(item.path());
            }
        }
    }

    private void makeFolder(Path folder) throws IOException {
        Path parent = folder.getParent();
        if (parent != null && !Files.exists(parent)) {
            makeFolder(parent);
        }
        Files.createDirectory(folder);
        done.push(() -> Files.delete(folder));
    }

    private void place(Staged staged) throws IOException {
        Item item = staged.item();
        Path path = item.path();
        if (item.swap()) {
            check(item);
            putAside(path);
        } else if (item.from() instanceof FileState.Absent) {
            check(item);
            Path parent = path.getParent();
            if (parent != null && !Files.exists(parent)) {
                makeFolder(parent);
            }
        }
        Files.move(staged.content(), path, StandardCopyOption.ATOMIC_MOVE);
        if (!item.swap()) {
            done.push(() -> Files.delete(path));
        }
    }

    private void setModes() throws IOException {
        for (Item item : items.reversed()) {
            if (item.modeOnly()) {
                setMode(item);
            } else if (item.to() instanceof FileState.Folder(var mode)) {
                Staging.setMode(item.path(), mode);
            }
        }
    }

    private void setMode(Item item) throws IOException {
        Staging.setMode(item.path(), mode(item.to()));
        done.push(() -> Staging.setMode(item.path(), mode(item.from())));
    }

    private static String mode(FileState state) {
        return switch (state) {
            case FileState.Saved(_, var mode) -> mode;
            case FileState.Folder(var mode) -> mode;
            case FileState.Absent _, FileState.Link _, FileState.Unsaved _ -> "";
        };
    }

    private void moveAway(Path path) throws IOException {
        Path aside = staging.place(standing(path));
        Files.move(path, aside, StandardCopyOption.ATOMIC_MOVE);
        done.push(() -> Files.move(aside, path, StandardCopyOption.ATOMIC_MOVE));
    }

    /// Keeps the old file under a second name, so that its path is never empty.
    private void putAside(Path path) throws IOException {
        Path aside = staging.place(standing(path));
        try {
            Files.createLink(aside, path);
            done.push(() -> Files.move(aside, path, StandardCopyOption.ATOMIC_MOVE));
        } catch (IOException | UnsupportedOperationException _) {
            moveAway(path); // there are no second names on this file system
        }
    }

    /// The nearest folder above a path that is there before and after.
    private Path standing(Path path) {
        for (Path at = path.getParent(); at != null; at = at.getParent()) {
            if (!paths.contains(at) && Files.isDirectory(at, LinkOption.NOFOLLOW_LINKS)) {
                return at;
            }
        }
        throw new IllegalArgumentException("no folder above " + path);
    }

    /// Somebody may have changed it since it was looked at.
    private void check(Item item) throws IOException {
        FileState now = capture.tell(item.path());
        boolean folders =
                now instanceof FileState.Folder && item.from() instanceof FileState.Folder;
        if (!folders && !now.equals(item.from())) {
            throw new IOException("%s was changed just now".formatted(item.path()));
        }
    }

    private void takeBack(IOException cause) {
        List<String> lost = new ArrayList<>();
        while (!done.isEmpty()) {
            try {
                done.pop().run();
            } catch (IOException e) {
                cause.addSuppressed(e);
                lost.add(IoReason.of(e));
            }
        }
        if (!lost.isEmpty()) {
            throw new CheckpointException(
                    "%s; and not everything could be put back (%s): the files are in %s"
                            .formatted(
                                    IoReason.of(cause), String.join(", ", lost), staging.leave()),
                    cause);
        }
    }
}
