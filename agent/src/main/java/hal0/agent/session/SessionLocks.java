package hal0.agent.session;

import static java.nio.charset.StandardCharsets.UTF_8;

import hal0.home.Home;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Which sessions of a folder are being written, by any process: one byte for each in a file beside
/// the folder, which holds nothing.
///
/// **Shape** the sessions themselves are not locked, because on POSIX a process loses its locks on
/// a file as soon as it closes any channel to it, as whoever lists sessions does. This file is
/// opened once and stays open. Two ids of one byte, which is one chance in 2^62, are taken for the
/// same. **Threads** any.
final class SessionLocks {
    private final Path folder;
    private @Nullable FileChannel channel;

    SessionLocks(Path folder) {
        this.folder = folder;
    }

    /// Takes a session, until the lock is released; empty when somebody has it.
    Optional<FileLock> take(String id) throws IOException {
        try {
            return Optional.ofNullable(channel().tryLock(place(id), 1, false));
        } catch (OverlappingFileLockException _) {
            return Optional.empty(); // taken by this process
        }
    }

    boolean isTaken(String id) throws IOException {
        Optional<FileLock> lock = take(id);
        if (lock.isPresent()) {
            lock.get().release();
        }
        return lock.isEmpty();
    }

    private synchronized FileChannel channel() throws IOException {
        FileChannel open = channel;
        if (open == null) {
            Home.createPrivate(folder);
            Path file = folder.resolveSibling(folder.getFileName() + ".lock");
            try {
                Files.createFile(file, SessionLog.privately(file));
            } catch (FileAlreadyExistsException _) {
                // As it should be, from the second time on.
            }
            open = FileChannel.open(file, StandardOpenOption.WRITE);
            channel = open;
        }
        return open;
    }

    /// FNV-1a, which is the same in every process and version.
    private static long place(String id) {
        long hash = 0xcbf29ce484222325L;
        for (byte each : id.getBytes(UTF_8)) {
            hash = (hash ^ (each & 0xff)) * 0x100000001b3L;
        }
        return hash >>> 2;
    }
}
