package hal0.agent.search;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.RecursiveAction;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// Goes through a folder on all processors and shows the files that are worth looking at.
///
/// **Shape** what git ignores, `.git`, and hidden names (unless asked for) stay out; links are not
/// followed, so nothing leads out of the folder and no loop is entered. No order. **Threads** any;
/// the visitor is called from several at once.
public final class Walker {
    /// Enough files to be worth a task of their own.
    private static final int BATCH = 64;

    /// Batches that may wait: a folder of a million files must not be held in memory.
    private static final int WAITING = 32;

    /// A file that was found. `name` is from the start of the walk, with slashes.
    public record Found(Path path, String name, long size, long modifiedMillis) {}

    @FunctionalInterface
    public interface Visitor {
        void file(Found found);
    }

    private final Path root;
    private final boolean hidden;

    /// **Shape** outside of a repository, rules are looked for from `root` downwards.
    public Walker(Path root, boolean hidden) {
        this.root = root;
        this.hidden = hidden;
    }

    /// Walks from `start` until everything was shown or `stop` says so; returns how many folders
    /// could not be read.
    ///
    /// **Errors** what the visitor throws.
    public int walk(Path start, Visitor visitor, BooleanSupplier stop) {
        Start from = start(start);
        Walk walk = new Walk(visitor, stop, from.path.isEmpty() ? 0 : from.path.length() + 1);
        try (ForkJoinPool pool = new ForkJoinPool(Runtime.getRuntime().availableProcessors())) {
            pool.invoke(walk.new Folder(from.above, start, from.path));
        }
        return walk.unreadable.get();
    }

    /// What stands in one folder, files and folders, without what is left out; links too, which
    /// lead elsewhere.
    public List<Path> entries(Path folder) throws IOException {
        Start from = start(folder);
        Ignores rules = Ignores.in(from.above, folder, from.path);
        List<Path> kept = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            for (Path entry : entries) {
                String name = String.valueOf(entry.getFileName());
                String path = from.path.isEmpty() ? name : from.path + "/" + name;
                boolean isFolder = Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS);
                if (!rules.leaveOut(path, name, isFolder, hidden)) {
                    kept.add(entry);
                }
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return kept;
    }

    /// The rules over a folder, and its path from where they begin.
    private record Start(@Nullable Ignores above, String path) {}

    private Start start(Path folder) {
        Path top = top(folder);
        Ignores above = null;
        String path = "";
        for (Path part : folder.equals(top) ? List.<Path>of() : top.relativize(folder)) {
            above = Ignores.in(above, top.resolve(path), path);
            path = path.isEmpty() ? part.toString() : path + "/" + part;
        }
        return new Start(above, path);
    }

    /// Where the rules begin: the top of the repository, else the root, else the start itself.
    private Path top(Path start) {
        for (Path at = start; at != null; at = at.getParent()) {
            if (Files.exists(at.resolve(".git"))) {
                return at;
            }
        }
        return start.startsWith(root) ? root : start;
    }

    private final class Walk {
        private final Visitor visitor;
        private final BooleanSupplier stop;
        private final int prefix;
        private final AtomicInteger unreadable = new AtomicInteger();

        Walk(Visitor visitor, BooleanSupplier stop, int prefix) {
            this.visitor = visitor;
            this.stop = stop;
            this.prefix = prefix;
        }

        private void show(List<Found> files) {
            for (Found file : files) {
                if (stop.getAsBoolean()) {
                    return;
                }
                visitor.file(file);
            }
        }

        final class Folder extends RecursiveAction {
            private static final long serialVersionUID = 1;
            private final transient @Nullable Ignores above;
            private final transient Path folder;
            private final String path;

            Folder(@Nullable Ignores above, Path folder, String path) {
                this.above = above;
                this.folder = folder;
                this.path = path;
            }

            @Override
            protected void compute() {
                if (stop.getAsBoolean()) {
                    return;
                }
                List<RecursiveAction> tasks = new ArrayList<>();
                List<Found> files = new ArrayList<>();
                try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
                    Ignores rules = Ignores.in(above, folder, path);
                    for (Path entry : entries) {
                        look(entry, rules, tasks, files);
                        if (files.size() == BATCH) {
                            pass(files, tasks);
                            files = new ArrayList<>();
                        }
                    }
                } catch (IOException | DirectoryIteratorException _) {
                    unreadable.incrementAndGet();
                }
                show(files);
                tasks.reversed().forEach(RecursiveAction::join);
            }

            private void pass(List<Found> files, List<RecursiveAction> tasks) {
                if (getQueuedTaskCount() > WAITING) {
                    show(files);
                } else {
                    tasks.add(new Batch(files));
                    tasks.getLast().fork();
                }
            }

            private void look(
                    Path entry, Ignores rules, List<RecursiveAction> tasks, List<Found> files)
                    throws IOException {
                String name = String.valueOf(entry.getFileName());
                String at = path.isEmpty() ? name : path + "/" + name;
                BasicFileAttributes seen;
                try {
                    seen =
                            Files.readAttributes(
                                    entry, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
                } catch (IOException _) {
                    return; // gone since the folder was listed
                }
                boolean isFolder = seen.isDirectory();
                if ((!isFolder && !seen.isRegularFile())
                        || rules.leaveOut(at, name, isFolder, hidden)) {
                    return;
                }
                if (isFolder) {
                    tasks.add(new Folder(rules, entry, at));
                    tasks.getLast().fork();
                } else {
                    long modified = seen.lastModifiedTime().toMillis();
                    files.add(new Found(entry, at.substring(prefix), seen.size(), modified));
                }
            }
        }

        final class Batch extends RecursiveAction {
            private static final long serialVersionUID = 1;
            private final transient List<Found> files;

            Batch(List<Found> files) {
                this.files = files;
            }

            @Override
            protected void compute() {
                show(files);
            }
        }
    }
}
