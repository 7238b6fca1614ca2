package hal0.agent.checkpoint;

import hal0.home.IoReason;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.RecursiveAction;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// One look at a workspace, on all processors: every file whose stat is not as `last` saw it is
/// read and kept.
final class Looker {
    private static final String GIT = "it is git's own record; git can take it back";
    private static final Set<String> GIT_RECORDS = Set.of("HEAD", "packed-refs", "config", "refs");

    private final Path root;
    private final Set<Path> own;
    private final ObjectStore store;
    private final LookLimits limits;
    private final InstantSource clock;
    private final Map<String, Look.Seen> last;
    private final boolean proven;
    private final boolean retry;
    private final long deadline;

    private final Map<String, Look.Seen> seen = new ConcurrentHashMap<>();
    private final Set<String> ignored = ConcurrentHashMap.newKeySet();
    private final Set<String> unseen = ConcurrentHashMap.newKeySet();
    private final AtomicInteger entries = new AtomicInteger();
    private final AtomicInteger ignoredEntries = new AtomicInteger();
    private final AtomicLong newBytes = new AtomicLong();

    /// `own` are folders of hal0's, which are no work of the user's; `proven` when everything that
    /// `last` kept is still in the store; `retry` when what it could not keep is tried again.
    Looker(Path root, Set<Path> own, Kit kit, Look last, boolean proven, boolean retry) {
        this.root = root;
        this.own = own;
        this.store = kit.store();
        this.limits = kit.limits();
        this.clock = kit.clock();
        this.last = last.seen();
        this.proven = proven;
        this.retry = retry;
        this.deadline = System.nanoTime() + limits.time().toNanos();
    }

    /// What every look of a workspace needs.
    record Kit(ObjectStore store, LookLimits limits, InstantSource clock) {}

    Look look(LeftOut leftOut) {
        try (ForkJoinPool pool = new ForkJoinPool(Runtime.getRuntime().availableProcessors())) {
            pool.invoke(new Folder(root, "", leftOut.at(root)));
        }
        return entries.get() > limits.entries()
                ? Look.beyond(
                        "the workspace holds more than %,d files, too many to keep"
                                .formatted(limits.entries()))
                : new Look(Map.copyOf(seen), Set.copyOf(ignored), Set.copyOf(unseen), null);
    }

    private final class Folder extends RecursiveAction {
        private final Path folder;
        private final String path;
        private final LeftOut.@Nullable Rules rules;
        private final String ignoredRoot;

        Folder(Path folder, String path, LeftOut.Rules rules) {
            this(folder, path, rules, "");
        }

        /// Without rules for a folder below `ignoredRoot`.
        Folder(Path folder, String path, LeftOut.@Nullable Rules rules, String ignoredRoot) {
            this.folder = folder;
            this.path = path;
            this.rules = rules;
            this.ignoredRoot = ignoredRoot;
        }

        @Override
        protected void compute() {
            List<Folder> below = new ArrayList<>();
            try (DirectoryStream<Path> names = Files.newDirectoryStream(folder)) {
                for (Path entry : names) {
                    if (enough()) {
                        break;
                    }
                    entry(entry, below);
                }
            } catch (IOException e) {
                unreadable(e);
            } catch (DirectoryIteratorException e) {
                unreadable(Objects.requireNonNull(e.getCause()));
            }
            ForkJoinTask.invokeAll(below);
        }

        private boolean enough() {
            if (rules != null) {
                return entries.incrementAndGet() > limits.entries();
            }
            if (ignoredEntries.incrementAndGet() > limits.ignoredEntries()) {
                unseen.add(ignoredRoot);
                return true;
            }
            return false;
        }

        private void entry(Path entry, List<Folder> below) throws IOException {
            String name = String.valueOf(entry.getFileName());
            String at = path.isEmpty() ? name : path + '/' + name;
            FileStat stat = FileStat.of(entry);
            if (stat == null || own.contains(entry) || name.startsWith(Staging.PREFIX)) {
                return;
            }
            if (rules == null) {
                if (stat.isFolder()) {
                    below.add(new Folder(entry, at, null, ignoredRoot));
                } else {
                    seen.put(at, unsaved(stat, Look.IGNORED));
                }
            } else if (name.equals(".git")) {
                git(entry, at, stat);
            } else if (rules.leaveOut(name, stat.isFolder())) {
                ignored.add(at);
                if (stat.isFolder()) {
                    below.add(new Folder(entry, at, null, at));
                } else {
                    seen.put(at, unsaved(stat, Look.IGNORED));
                }
            } else {
                Look.Seen now = seen(entry, at, stat);
                if (now != null) {
                    seen.put(at, now);
                }
                if (stat.isFolder()) {
                    below.add(new Folder(entry, at, rules.in(entry, name)));
                }
            }
        }

        private void unreadable(IOException e) {
            FileStat none = new FileStat(0, 0, 0, 0, 0);
            seen.put(path, unsaved(none, "it cannot be read: " + IoReason.of(e)));
        }
    }

    /// A commit by a command is named, not taken back: that is git's to do.
    private void git(Path entry, String at, FileStat stat) throws IOException {
        if (!stat.isFolder()) {
            return;
        }
        try (DirectoryStream<Path> names = Files.newDirectoryStream(entry)) {
            for (Path each : names) {
                String name = String.valueOf(each.getFileName());
                FileStat of = FileStat.of(each);
                if (of == null) {
                    continue;
                }
                if (at.endsWith("/refs") || at.contains("/refs/") || GIT_RECORDS.contains(name)) {
                    if (of.isFolder()) {
                        git(each, at + '/' + name, of);
                    } else {
                        seen.put(at + '/' + name, unsaved(of, GIT));
                    }
                }
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
    }

    /// Null for what is gone since its folder was listed.
    private Look.@Nullable Seen seen(Path entry, String at, FileStat stat) {
        Look.Seen before = last.get(at);
        if (before != null && before.kept() && !before.racy() && before.stat().equals(stat)) {
            boolean there =
                    proven
                            || !(before.state() instanceof FileState.Saved(var hash, _))
                            || store.contains(hash);
            if (there) {
                return before;
            }
        }
        if (before != null && !before.kept() && !retry && before.stat().equals(stat)) {
            return before;
        }
        if (at.indexOf('\uFFFD') >= 0) {
            return unsaved(stat, "its name cannot be written in this locale");
        }
        try {
            long now = clock.millis();
            if (!stat.isFile()) {
                return new Look.Seen(stat, Capture.other(entry, stat), stat.racy(now));
            }
            if (stat.size() > limits.fileBytes()) {
                return unsaved(
                        stat,
                        "it is larger than %,d KB, so it was not kept"
                                .formatted(limits.fileBytes() >> 10));
            }
            if (newBytes.addAndGet(stat.size()) > limits.newBytes()
                    || System.nanoTime() > deadline) {
                return unsaved(stat, "there was too much to keep at once");
            }
            String hash = store.save(entry, false);
            return new Look.Seen(
                    stat, new FileState.Saved(hash, stat.permissions()), stat.racy(now));
        } catch (NoSuchFileException _) {
            return null;
        } catch (IOException e) {
            return unsaved(stat, "it cannot be read: " + IoReason.of(e));
        }
    }

    private static Look.Seen unsaved(FileStat stat, String why) {
        return new Look.Seen(stat, new FileState.Unsaved(why), false);
    }
}
