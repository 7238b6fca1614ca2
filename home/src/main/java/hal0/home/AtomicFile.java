package hal0.home;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Replaces a whole file so that a reader, or a crash, finds the old content or the new one.
///
/// **Shape** written beside the target, synced, renamed over it, and the folder synced. A symbolic
/// link stays and what it points to is replaced. The file keeps its mode, owner and group; a new
/// one is 0600. **Errors** [IOException] that names the file and the reason; then the old content
/// is still there and nothing else is left behind. **Threads** any.
public final class AtomicFile {
    private static final Set<PosixFilePermission> PRIVATE =
            Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
    private static final int MAX_LINKS = 40;
    private static final int MAX_EDITS = 5;

    private AtomicFile() {}

    /// Computes the new content of a file; null in means that there is none, null out that it is to
    /// stay as it is.
    @FunctionalInterface
    public interface Edit {
        byte @Nullable [] apply(byte @Nullable [] current) throws IOException;
    }

    public static void write(Path file, byte[] content) throws IOException {
        write(file, content, null);
    }

    /// Like `write`, and the file has these permissions afterwards (0600 for secrets).
    public static void write(
            Path file, byte[] content, @Nullable Set<PosixFilePermission> permissions)
            throws IOException {
        edit(file, permissions, _ -> content);
    }

    public static void writePrivate(Path file, byte[] content) throws IOException {
        write(file, content, PRIVATE);
    }

    /// Reads, changes and replaces a file. If somebody else changed it meanwhile, their content is
    /// read and edited instead of being lost.
    public static void edit(Path file, Edit edit) throws IOException {
        edit(file, null, edit);
    }

    public static void editPrivate(Path file, Edit edit) throws IOException {
        edit(file, PRIVATE, edit);
    }

    private static void edit(Path file, @Nullable Set<PosixFilePermission> permissions, Edit edit)
            throws IOException {
        Path target = followed(file);
        for (int i = 0; i < MAX_EDITS; i++) {
            byte[] before = readOrNull(target);
            byte[] after = edit.apply(before);
            if (after == null || replaced(target, before, after, permissions)) {
                return;
            }
        }
        throw new IOException("cannot write %s: another program keeps changing it".formatted(file));
    }

    private static byte @Nullable [] readOrNull(Path target) throws IOException {
        try {
            return Files.readAllBytes(target);
        } catch (NoSuchFileException _) {
            return null;
        } catch (IOException e) {
            throw new IOException("cannot read %s: %s".formatted(target, IoReason.of(e)), e);
        }
    }

    /// False when the file is no longer what the edit started from.
    private static boolean replaced(
            Path target,
            byte @Nullable [] before,
            byte[] after,
            @Nullable Set<PosixFilePermission> permissions)
            throws IOException {
        Path folder = folderOf(target);
        Path temporary = folder.resolve("." + target.getFileName() + "." + UUID.randomUUID());
        try {
            Home.createPrivate(folder);
            writeSynced(temporary, after);
            takeAttributes(temporary, target, permissions);
            if (!Arrays.equals(before, readOrNull(target))) {
                return false;
            }
            move(temporary, target);
            sync(folder);
            return true;
        } catch (IOException e) {
            throw new IOException("cannot write %s: %s".formatted(target, IoReason.of(e)), e);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    private static void writeSynced(Path temporary, byte[] content) throws IOException {
        Set<StandardOpenOption> options =
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        // Private from its first byte on: the content may be secrets.
        FileAttribute<?>[] mode =
                posix(folderOf(temporary))
                        ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(PRIVATE)}
                        : new FileAttribute<?>[0];
        try (FileChannel channel = FileChannel.open(temporary, options, mode)) {
            ByteBuffer bytes = ByteBuffer.wrap(content);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
    }

    private static void takeAttributes(
            Path temporary, Path target, @Nullable Set<PosixFilePermission> permissions)
            throws IOException {
        if (!posix(temporary)) {
            return;
        }
        PosixFileAttributeView ours = view(temporary);
        if (Files.exists(target)) {
            PosixFileAttributes old = view(target).readAttributes();
            boolean kept = takeOwner(ours, old);
            Set<PosixFilePermission> mode = permissions == null ? old.permissions() : permissions;
            ours.setPermissions(kept ? mode : withoutGroup(mode));
        } else if (permissions != null) {
            ours.setPermissions(permissions);
        }
    }

    private static boolean takeOwner(PosixFileAttributeView ours, PosixFileAttributes old)
            throws IOException {
        PosixFileAttributes now = ours.readAttributes();
        try {
            if (!old.owner().equals(now.owner())) {
                ours.setOwner(old.owner());
            }
            if (!old.group().equals(now.group())) {
                ours.setGroup(old.group());
            }
            return true;
        } catch (FileSystemException _) {
            // Only root may give a file away. The edit matters more than whose file it is.
            return false;
        }
    }

    /// What was meant for one group must not be readable by another.
    private static Set<PosixFilePermission> withoutGroup(Set<PosixFilePermission> mode) {
        Set<PosixFilePermission> left = EnumSet.noneOf(PosixFilePermission.class);
        left.addAll(mode);
        left.removeIf(permission -> permission.name().startsWith("GROUP_"));
        return left;
    }

    private static PosixFileAttributeView view(Path path) {
        return Files.getFileAttributeView(path, PosixFileAttributeView.class);
    }

    private static boolean posix(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    private static void move(Path temporary, Path target) throws IOException {
        try {
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            throw new IOException("its folder does not support replacing a file at once", e);
        }
    }

    private static void sync(Path folder) throws IOException {
        if (!posix(folder)) {
            return; // a folder cannot be opened there, and its entries are written through
        }
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    /// What a chain of links ends at, whether or not that exists.
    private static Path followed(Path file) throws IOException {
        Path path = file.toAbsolutePath();
        for (int i = 0; i < MAX_LINKS; i++) {
            if (!Files.isSymbolicLink(path)) {
                if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
                    throw new IOException("cannot write %s: it is a folder".formatted(path));
                }
                return path;
            }
            path = path.resolveSibling(Files.readSymbolicLink(path));
        }
        throw new IOException("cannot write %s: the links lead in a circle".formatted(file));
    }

    private static Path folderOf(Path file) {
        Path parent = file.getParent();
        return parent == null ? file.toAbsolutePath().getRoot() : parent;
    }
}
