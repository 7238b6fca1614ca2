package hal0.home;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// The mark of the one process that owns a home: it runs the slots and the relay.
///
/// **Shape** a lock on `state/owner.lock`, which the system drops when the process ends, however it
/// ends. The file says who has it, for people, and is never deleted: two processes could then hold
/// locks on two files of that name. **Threads** any.
public final class OwnerLock implements AutoCloseable {
    /// The lock is a byte far behind the content, which thus stays readable where locks are
    /// mandatory.
    private static final long LOCKED_BYTE = Long.MAX_VALUE - 1;

    /// The system's lock belongs to the process, not to the channel: opening the file once more and
    /// closing it again would drop the lock. So what this process holds must be known before the
    /// file is touched, and that is state of the process.
    private static final Map<Object, Owner> HELD_HERE = new ConcurrentHashMap<>();

    private final Object fileKey;
    private final FileChannel channel;
    private final FileLock lock;
    private final AtomicBoolean closed = new AtomicBoolean();

    /// Who holds a home, as the lock file says; `address` is empty while there is none yet.
    public record Owner(long pid, String address) {}

    private OwnerLock(Object fileKey, FileChannel channel, FileLock lock) {
        this.fileKey = fileKey;
        this.channel = channel;
        this.lock = lock;
    }

    /// Empty when another process, or another part of this one, owns the home.
    ///
    /// **Errors** [IOException] when the file cannot be made or locked.
    public static Optional<OwnerLock> tryAcquire(Home home) throws IOException {
        Path file = home.ownerLock();
        Home.createPrivate(home.state());
        OwnerLock acquired = null;
        Object key = null;
        try {
            create(file);
            key = keyOf(file);
            if (HELD_HERE.putIfAbsent(key, new Owner(ProcessHandle.current().pid(), "")) != null) {
                key = null; // not ours to forget
                return Optional.empty();
            }
            acquired = lock(file, key);
            return Optional.ofNullable(acquired);
        } catch (IOException e) {
            throw new IOException("cannot lock %s: %s".formatted(file, IoReason.of(e)), e);
        } finally {
            if (acquired == null && key != null) {
                HELD_HERE.remove(key);
            }
        }
    }

    private static void create(Path file) throws IOException {
        try {
            Files.createFile(file);
        } catch (FileAlreadyExistsException _) {
            // As it should be, from the second time on. It was not opened.
        }
    }

    /// What identifies the file under all its names, without opening it.
    private static Object keyOf(Path file) throws IOException {
        Object inode = Files.readAttributes(file, BasicFileAttributes.class).fileKey();
        return inode == null ? file.toRealPath() : inode;
    }

    private static @Nullable OwnerLock lock(Path file, Object key) throws IOException {
        FileChannel channel =
                FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
        OwnerLock owner = null;
        try {
            FileLock lock = channel.tryLock(LOCKED_BYTE, 1, false);
            if (lock != null) {
                owner = new OwnerLock(key, channel, lock);
                owner.announce("");
            }
            return owner;
        } finally {
            if (owner == null) {
                channel.close();
            }
        }
    }

    /// Writes into the file where this owner can be reached.
    public void announce(String address) throws IOException {
        Owner owner = new Owner(ProcessHandle.current().pid(), address);
        String text = "pid=%d\naddress=%s\n".formatted(owner.pid(), owner.address());
        ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(UTF_8));
        channel.truncate(0);
        while (bytes.hasRemaining()) {
            channel.write(bytes, bytes.position());
        }
        HELD_HERE.replace(fileKey, owner);
    }

    /// Who had the home last, whether or not that process still runs.
    public static Optional<Owner> read(Home home) throws IOException {
        Path file = home.ownerLock();
        try {
            Owner here = HELD_HERE.get(keyOf(file));
            return here == null ? parse(Files.readString(file)) : Optional.of(here);
        } catch (NoSuchFileException _) {
            return Optional.empty();
        } catch (IOException e) {
            throw new IOException("cannot read %s: %s".formatted(file, IoReason.of(e)), e);
        }
    }

    private static Optional<Owner> parse(String text) {
        long pid = 0;
        String address = "";
        for (String line : text.lines().toList()) {
            if (line.matches("pid=\\d{1,18}")) {
                pid = Long.parseLong(line.substring("pid=".length()));
            } else if (line.startsWith("address=")) {
                address = line.substring("address=".length());
            }
        }
        return pid == 0 ? Optional.empty() : Optional.of(new Owner(pid, address));
    }

    /// Gives the home up. Closing twice is fine.
    @Override
    public void close() throws IOException {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        try (channel) {
            lock.release();
        } finally {
            HELD_HERE.remove(fileKey);
        }
    }
}
