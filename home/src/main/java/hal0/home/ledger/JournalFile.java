package hal0.home.ledger;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.channels.FileChannel.MapMode;
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
/// for this process, which tells others that somebody still cares for it.
///
/// Its room is on the disk before the first row comes, filled with zeros, and is memory of this
/// process: a row costs no call of the system and stays when the process is killed, as what is
/// written does. Behind the last row the zeros go on; a row that was not copied to its end has some
/// in it, and is none. **Units** bytes. **Errors** [IOException]. **Threads** any: each line has
/// its place to itself.
final class JournalFile {
    static final String SUFFIX = ".rows";

    private static final String UNNAMED = ".new";
    private static final byte[] ZEROS = new byte[64 * 1024];

    private final Path path;
    private final RandomAccessFile file;
    private final Arena mapping;
    private final MemorySegment room;
    private final AtomicLong size = new AtomicLong();
    private final AtomicInteger users = new AtomicInteger(); // -1 once it takes no more
    private volatile boolean toBeRead;

    private JournalFile(Path path, RandomAccessFile file, Arena mapping, MemorySegment room) {
        this.path = path;
        this.file = file;
        this.mapping = mapping;
        this.room = room;
    }

    /// A new file. It gets its name when it is locked: until then nobody takes it for one that was
    /// left behind.
    static JournalFile create(Path folder, String name, long room) throws IOException {
        Path unnamed = folder.resolve(name + UNNAMED);
        if (unnamed.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.createFile(
                    unnamed,
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rw-------")));
        }
        RandomAccessFile file = new RandomAccessFile(unnamed.toFile(), "rw");
        Path path = folder.resolve(name + SUFFIX);
        Arena mapping = Arena.ofShared();
        boolean made = false;
        try {
            FileLock lock = file.getChannel().tryLock();
            if (lock == null) {
                throw new IOException("somebody else locks the new file " + unnamed);
            }
            Files.move(unnamed, path, StandardCopyOption.ATOMIC_MOVE);
            fill(file, room);
            MemorySegment mapped = file.getChannel().map(MapMode.READ_WRITE, 0, room, mapping);
            made = true;
            return new JournalFile(path, file, mapping, mapped);
        } finally {
            if (!made) {
                mapping.close();
                file.close();
                Files.deleteIfExists(path);
            }
        }
    }

    static boolean isUnnamed(Path file) {
        return file.toString().endsWith(UNNAMED);
    }

    /// A disk that is full says so here; memory could not.
    private static void fill(RandomAccessFile file, long room) throws IOException {
        for (long left = room; left > 0; left -= ZEROS.length) {
            file.write(ZEROS, 0, (int) Math.min(left, ZEROS.length));
        }
    }

    /// What its rows have taken.
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

    /// What it had room for when it was made.
    long room() {
        return room.byteSize();
    }

    boolean isFull() {
        return size.get() >= room.byteSize();
    }

    /// The line is in the memory of the system then: it outlives this process, not a power failure.
    void append(byte[] line) throws IOException {
        long at = size.getAndAdd(line.length);
        if (at + line.length > room.byteSize()) {
            appendBehind(at, line);
            return;
        }
        try {
            MemorySegment.copy(line, 0, room, ValueLayout.JAVA_BYTE, at, line.length);
        } catch (IllegalStateException e) {
            throw new IOException("the journal " + path + " is closed", e);
        }
    }

    /// Only who was about to fill the room, and rows that change afterwards, come here.
    private synchronized void appendBehind(long at, byte[] line) throws IOException {
        file.seek(at);
        file.write(line);
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
        mapping.close();
        file.close();
    }

    void delete() throws IOException {
        Files.deleteIfExists(path);
        close();
    }
}
