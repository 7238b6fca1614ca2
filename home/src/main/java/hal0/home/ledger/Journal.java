package hal0.home.ledger;

import hal0.home.Home;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The rows of this process that may not stand in the database yet, in files beside it.
///
/// **Shape** rows go to the newest file; when that is full another is begun, twice as large up to 4
/// MiB, and a file that no row needs is removed. All files together have at most 64 MiB; then no
/// more rows are taken until some stand in the database. **Threads** `append` any; the rest is the
/// writer's.
final class Journal {
    private static final long FIRST_ROOM = 128 << 10;
    private static final long LARGEST_ROOM = 4 << 20;
    private static final long MOST_BYTES = 64 << 20;

    /// Below it an empty file is not worth another.
    private static final long KEPT_BYTES = 64 << 10;

    private final Path folder;
    private final String owner;
    private final long mostBytes;
    private final ReentrantLock changing = new ReentrantLock();
    private final AtomicInteger made = new AtomicInteger();
    private final Queue<JournalFile> sealed = new ConcurrentLinkedQueue<>();
    private volatile @Nullable JournalFile newest;

    /// What writes the rows of a file to the database.
    interface Reader {
        void write(List<Entry> rows);
    }

    Journal(Path folder) {
        this(folder, MOST_BYTES);
    }

    Journal(Path folder, long mostBytes) {
        this.folder = folder;
        this.owner = Leftovers.ownName();
        this.mostBytes = mostBytes;
    }

    /// The file that holds the row from now on; null when there is no room for it.
    ///
    /// **Errors** [IOException].
    @Nullable JournalFile append(byte[] line) throws IOException {
        JournalFile file = entered();
        if (file == null) {
            return null;
        }
        boolean kept = false;
        try {
            file.append(line);
            kept = true;
            return file;
        } finally {
            if (!kept) {
                file.leave();
            }
        }
    }

    private @Nullable JournalFile entered() throws IOException {
        while (true) {
            JournalFile file = newest;
            if (file == null || file.isFull()) {
                if (bytes() > mostBytes) {
                    return null;
                }
                begin(file);
            } else if (file.enter()) {
                return file;
            }
        }
    }

    /// Begins a file in place of `full`, unless another thread was faster.
    private void begin(@Nullable JournalFile full) throws IOException {
        changing.lock();
        try {
            if (newest != full) {
                return;
            }
            Home.createPrivate(folder);
            newest =
                    JournalFile.create(
                            folder, owner + "-" + made.incrementAndGet(), roomAfter(full));
            if (full != null) {
                sealed.add(full);
            }
        } finally {
            changing.unlock();
        }
    }

    /// Most processes write a few rows only.
    private static long roomAfter(@Nullable JournalFile full) {
        return full != null && full.isFull() ? Math.min(2 * full.room(), LARGEST_ROOM) : FIRST_ROOM;
    }

    private long bytes() {
        JournalFile file = newest;
        return sealed.stream().mapToLong(JournalFile::size).sum()
                + (file == null ? 0 : file.size());
    }

    /// Removes what no row needs any longer, and reads what was left to the files alone.
    ///
    /// **Errors** [IOException]; whatever `reader` throws.
    void tidy(Reader reader) throws IOException {
        JournalFile file = newest;
        if (file != null && file.isUnused() && (file.size() > KEPT_BYTES || file.isToBeRead())) {
            begin(file);
        }
        for (Iterator<JournalFile> files = sealed.iterator(); files.hasNext(); ) {
            JournalFile old = files.next();
            // A row of a file in use may still change.
            if (old.isUnused()) {
                if (old.isToBeRead()) {
                    reader.write(old.rows());
                }
                if (old.isOver()) {
                    files.remove();
                    old.delete();
                }
            }
        }
    }

    /// Ends it: files that rows still need stay for another process.
    ///
    /// **Errors** [IOException].
    void close() throws IOException {
        JournalFile file = newest;
        if (file != null) {
            sealed.add(file);
            newest = null;
        }
        for (JournalFile old = sealed.poll(); old != null; old = sealed.poll()) {
            if (!old.isToBeRead() && old.isOver()) {
                old.delete();
            } else {
                old.close();
            }
        }
    }
}
