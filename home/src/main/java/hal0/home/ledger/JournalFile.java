package hal0.home.ledger;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedReader;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/// One file of rows that need not stand in the database yet, one a line.
///
/// **Shape** it counts the rows that need it: who appends one has entered, and leaves when the row
/// stands in the database. Of two lines with one id the later holds. The operating system locks it
/// for this process, which tells others that somebody still cares for it. **Errors** [IOException].
/// **Threads** any: each line is one write in append mode, which the system does not mix with
/// another.
final class JournalFile {
    static final String SUFFIX = ".rows";

    private final Path path;
    private final FileOutputStream out;
    private final AtomicLong size = new AtomicLong();
    private final AtomicInteger users = new AtomicInteger(); // -1 once it takes no more
    private volatile boolean toBeRead;

    private JournalFile(Path path, FileOutputStream out) {
        this.path = path;
        this.out = out;
    }

    /// A new file. It gets its name when it is locked: until then nobody takes it for one that was
    /// left behind.
    static JournalFile create(Path folder, String name) throws IOException {
        Path unnamed = folder.resolve(name + ".new");
        if (unnamed.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.createFile(
                    unnamed,
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rw-------")));
        }
        FileOutputStream out = new FileOutputStream(unnamed.toFile(), true);
        boolean made = false;
        try {
            FileLock lock = out.getChannel().tryLock();
            if (lock == null) {
                throw new IOException("somebody else locks the new file " + unnamed);
            }
            Path path = folder.resolve(name + SUFFIX);
            Files.move(unnamed, path, StandardCopyOption.ATOMIC_MOVE);
            made = true;
            return new JournalFile(path, out);
        } finally {
            if (!made) {
                out.close();
            }
        }
    }

    long size() {
        return size.get();
    }

    /// Counts one more row that needs the file; false when it is too late for that.
    boolean enter() {
        return users.getAndUpdate(n -> n < 0 ? n : n + 1) >= 0;
    }

    void leave() {
        users.decrementAndGet();
    }

    /// Ends it for new rows if no row needs it.
    boolean isOver() {
        return users.compareAndSet(0, -1);
    }

    boolean isUnused() {
        return users.get() == 0;
    }

    /// A row stands in it and is not remembered otherwise.
    void mustBeRead() {
        toBeRead = true;
    }

    boolean isToBeRead() {
        return toBeRead;
    }

    /// The write ends in the memory of the system: it outlives this process, not a power failure.
    void append(byte[] line) throws IOException {
        size.addAndGet(line.length);
        out.write(line);
    }

    List<Entry> rows() throws IOException {
        return rows(path);
    }

    static List<Entry> rows(Path file) throws IOException {
        Map<String, Entry> rows = new LinkedHashMap<>();
        try (BufferedReader lines = Files.newBufferedReader(file, US_ASCII)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                Entry row = RowText.read(line);
                if (row != null) {
                    rows.put(row.id(), row);
                }
            }
        }
        return List.copyOf(rows.values());
    }

    /// Ends the lock; the file stays.
    void close() throws IOException {
        out.close();
    }

    void delete() throws IOException {
        Files.deleteIfExists(path);
        out.close();
    }
}
