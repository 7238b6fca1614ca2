package hal0.home.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// Notices that files have changed since they were last read.
///
/// **Shape** looks at their stamps a few times a second instead of asking the system to tell: that
/// sees what a link leads to, a folder that comes later, a file that an editor replaces, and shares
/// over a network, and behaves the same everywhere. A change counts once two looks agree, so that a
/// file is not read while it is being written. **Threads** one of its own; `onChange` runs there.
public final class FileWatch implements AutoCloseable {
    /// Twice this, and the reading itself, is how long an edit takes to be noticed.
    public static final Duration OFTEN = Duration.ofMillis(300);

    /// For a program that rests most of the time: each look wakes a processor.
    public static final Duration SELDOM = Duration.ofSeconds(2);

    private static final System.Logger LOG = System.getLogger(FileWatch.class.getName());

    private final Supplier<FileStamps> look;
    private final Supplier<FileStamps> read;
    private final Consumer<List<Path>> onChange;
    private final CountDownLatch closed = new CountDownLatch(1);
    private FileStamps before;

    /// **Shape** `look` tells how the files are now, `read` how they were when they were last read:
    /// `onChange` is to read them, or it is called again.
    public FileWatch(
            Supplier<FileStamps> look, Supplier<FileStamps> read, Consumer<List<Path>> onChange) {
        this.look = look;
        this.read = read;
        this.onChange = onChange;
        this.before = read.get();
    }

    /// Begins to look; once something has changed, often until it settles.
    public FileWatch start(Duration every) {
        Thread.ofVirtual().name("config-watch").start(() -> run(every));
        return this;
    }

    private void run(Duration every) {
        try {
            Duration pause = every;
            while (!closed.await(pause.toNanos(), TimeUnit.NANOSECONDS)) {
                boolean settled = lookGuarded();
                pause = settled || every.compareTo(OFTEN) < 0 ? every : OFTEN;
            }
        } catch (InterruptedException e) {
            // Nobody interrupts this thread but the end of the process.
            Thread.currentThread().interrupt();
        }
    }

    /// A fault in whoever reads the files must not end the watch.
    private boolean lookGuarded() {
        try {
            return look();
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, "the changed files could not be read", e);
            return true;
        }
    }

    /// One look; whether everything is as it was at the one before.
    boolean look() {
        FileStamps now = look.get();
        boolean settled = now.changedSince(before).isEmpty();
        before = now;
        List<Path> changed = now.changedSince(read.get());
        if (settled && !changed.isEmpty()) {
            onChange.accept(changed);
        }
        return settled;
    }

    /// Ends it; a change that is being taken over meanwhile still is.
    @Override
    public void close() {
        closed.countDown();
    }
}
