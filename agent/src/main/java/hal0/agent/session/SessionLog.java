package hal0.agent.session;

import hal0.home.Home;
import hal0.home.IoReason;
import hal0.home.error.ErrorKind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The file of one session, open for what comes next.
///
/// **Shape** the file is made with the first entry, so that a conversation that never began leaves
/// nothing behind; only its owner may read it. `readOnly` when another process writes it.
/// **Errors** [SessionException]. **Threads** one at a time.
public final class SessionLog implements AutoCloseable {
    private final Path folder;
    private final Path file;
    private final SessionHeader header;
    private final boolean readOnly;
    private final SessionWriter writer = new SessionWriter();
    private final SessionLocks locks;
    private @Nullable FileLock lock;
    private @Nullable FileChannel channel;

    private SessionLog(Path folder, SessionLocks locks, SessionHeader header, boolean readOnly) {
        this.folder = folder;
        this.locks = locks;
        this.file = file(folder, header.id());
        this.header = header;
        this.readOnly = readOnly;
    }

    static SessionLog unwritten(Path folder, SessionLocks locks, SessionHeader header) {
        return new SessionLog(folder, locks, header, false);
    }

    /// Goes on at the end of `channel`.
    static SessionLog continued(
            Path folder,
            SessionLocks locks,
            SessionHeader header,
            FileLock lock,
            FileChannel channel) {
        SessionLog log = new SessionLog(folder, locks, header, false);
        log.lock = lock;
        log.channel = channel;
        return log;
    }

    static SessionLog readOnly(Path folder, SessionLocks locks, SessionHeader header) {
        return new SessionLog(folder, locks, header, true);
    }

    static Path file(Path folder, String id) {
        return folder.resolve(id + ".jsonl");
    }

    /// Whether it can be the name of a file in the folder, and of none outside.
    static boolean isId(String id) {
        return id.matches("[0-9A-Za-z_-]{1,64}");
    }

    public String id() {
        return header.id();
    }

    public SessionHeader header() {
        return header;
    }

    public boolean readOnly() {
        return readOnly;
    }

    /// **Errors** [SessionException] when another process writes it.
    public void requireOurs() {
        if (readOnly) {
            throw writtenElsewhere();
        }
    }

    private SessionException writtenElsewhere() {
        return new SessionException(
                ErrorKind.CONFIGURATION,
                "session %s is open in another hal0, so it can be read and not continued here: close it there, or begin a new one"
                        .formatted(id()),
                null);
    }

    /// Writes one line. It is on the disk after the next `sync`.
    public void append(SessionEntry entry) {
        requireOurs();
        try {
            byte[] line = writer.line(entry);
            FileChannel open = channel;
            if (open == null) {
                Home.createPrivate(folder);
                if (lock == null) {
                    lock = locks.take(id()).orElseThrow(this::writtenElsewhere);
                }
                open = created(file);
                channel = open;
            }
            // Not only of a new file: of one whose first write failed nothing was left.
            write(open, open.size() == 0 ? joined(writer.line(header), line) : line);
        } catch (IOException e) {
            throw refused(e);
        }
    }

    /// Makes sure that what was appended outlives a power cut: at the end of a turn.
    public void sync() {
        try {
            if (channel != null) {
                channel.force(false);
            }
        } catch (IOException e) {
            throw refused(e);
        }
    }

    /// Through [Sessions], which keeps account of what is open.
    @Override
    public void close() {
        try {
            if (channel != null) {
                channel.close();
            }
            if (lock != null) {
                lock.release();
            }
        } catch (IOException e) {
            throw refused(e);
        }
    }

    private static FileChannel created(Path file) throws IOException {
        return FileChannel.open(
                file,
                Set.of(
                        StandardOpenOption.CREATE_NEW,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE),
                privately(file));
    }

    /// What a new file there needs so that only its owner can read it.
    static FileAttribute<?>[] privately(Path file) {
        return file.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }

    private static void write(FileChannel channel, byte[] line) throws IOException {
        long start = channel.size();
        try {
            ByteBuffer rest = ByteBuffer.wrap(line);
            while (rest.hasRemaining()) {
                channel.write(rest, start + rest.position());
            }
        } catch (IOException e) {
            try {
                // Half a line in the middle would make the file unreadable once the disk has room.
                channel.truncate(start);
            } catch (IOException again) {
                e.addSuppressed(again);
            }
            throw e;
        }
    }

    private static byte[] joined(byte[] first, byte[] second) {
        byte[] both = new byte[first.length + second.length];
        System.arraycopy(first, 0, both, 0, first.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    private SessionException refused(IOException e) {
        return new SessionException(
                ErrorKind.INTERNAL,
                "session %s cannot be written: %s".formatted(file, IoReason.of(e)),
                e);
    }
}
