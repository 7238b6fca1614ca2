package hal0.agent.checkpoint;

import hal0.home.Home;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The looks at one workspace: the last one, which makes the next one quick, and those of calls
/// that are running.
///
/// **Shape** `looks/HASH` is the last look at the workspace of that path; `open/ID` one that was
/// taken before a call, there until its changes are recorded. **Errors** [IOException]. **Threads**
/// any, one look at a time.
final class Looks {
    private static final System.Logger LOG = System.getLogger(Looks.class.getName());
    private static final int TRIES = 2;
    private static final Duration FORGOTTEN = Duration.ofDays(30);

    private final Path file;
    private final Path open;
    private final Path root;
    private final Set<Path> own;
    private final LeftOut leftOut;
    private final Looker.Kit kit;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable LookFile last;

    Looks(Path folder, Path root, Set<Path> own, LeftOut leftOut, Looker.Kit kit) {
        String name = ObjectStore.hash(root.toString().getBytes(StandardCharsets.UTF_8));
        this.file = folder.resolve("looks").resolve(name.substring(0, 16));
        this.open = folder.resolve("open");
        this.root = root;
        this.own = own;
        this.leftOut = leftOut;
        this.kit = kit;
    }

    /// Looks at the workspace, so that all of it that can be kept is kept.
    Look now() throws IOException {
        return look(true);
    }

    /// `retry` when what could not be kept by the last look is worth trying again: not after a
    /// command, when it is too late for what stood there before.
    private Look look(boolean retry) throws IOException {
        lock.lock();
        try {
            LookFile before = last == null ? read() : last;
            Look was = before.look();
            if (was.beyond() != null && last != null) {
                return was; // it will not have shrunk, and finding out takes long
            }
            ObjectStore store = kit.store();
            for (int i = 1; ; i++) {
                String stamp = store.stamp();
                Look look =
                        new Looker(root, own, kit, was, before.stamp().equals(stamp), retry)
                                .look(leftOut);
                store.settle();
                // What was needed may have been let go to make room for the rest.
                if (stamp.equals(store.stamp()) || i == TRIES) {
                    last = new LookFile(look, stamp);
                    if (!look.seen().equals(was.seen())) {
                        last.write(file);
                    }
                    return look;
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /// What changed since `before`; the paths are absolute.
    List<FileChange> since(Look before) throws IOException {
        List<FileChange> changes = before.until(look(false));
        for (FileChange change : changes) {
            if (change.before() instanceof FileState.Saved(var hash, _)) {
                kit.store().refresh(hash);
            }
        }
        return changes.stream()
                .map(change ->
                        new FileChange(
                                root.resolve(change.path()).toString(),
                                change.before(),
                                change.after()))
                .toList();
    }

    /// Keeps a look for as long as a call runs, and gives its name.
    String pend(Look look) throws IOException {
        Home.createPrivate(open);
        sweep();
        String name = UUID.randomUUID().toString();
        Files.write(open.resolve(name), new LookFile(look, "").bytes());
        return name;
    }

    /// The look of a call that did not come to its end.
    Look pending(String name) throws IOException {
        LookFile found = name.matches("[0-9a-f-]{1,64}") ? LookFile.read(open.resolve(name)) : null;
        return found == null
                ? Look.beyond("what was kept before the call is not there any more")
                : found.look();
    }

    void drop(String name) {
        try {
            Files.deleteIfExists(open.resolve(name));
        } catch (IOException e) {
            LOG.log(System.Logger.Level.WARNING, "a look at the workspace stays behind", e);
        }
    }

    private LookFile read() throws IOException {
        LookFile found = null;
        try {
            found = LookFile.read(file);
        } catch (IOException e) {
            LOG.log(System.Logger.Level.INFO, "the last look is damaged; looking anew", e);
        }
        return found == null || found.look().beyond() != null
                ? new LookFile(Look.NOTHING, "")
                : found;
    }

    /// Sessions that were killed and never resumed leave theirs behind.
    private void sweep() throws IOException {
        Instant oldest = kit.clock().instant().minus(FORGOTTEN);
        try (DirectoryStream<Path> all = Files.newDirectoryStream(open)) {
            for (Path each : all) {
                FileTime written = Files.getLastModifiedTime(each);
                if (written.toInstant().isBefore(oldest)) {
                    Files.deleteIfExists(each);
                }
            }
        }
    }
}
