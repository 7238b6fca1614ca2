package hal0.agent.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Writes a whole file at once: who reads it, and a crash, finds the old content or the new one.
///
/// **Shape** unlike [hal0.home.AtomicFile], which is for files of hal0's own: a new file has the
/// mode that the user's other new files have, links are not followed, as the path was resolved when
/// the change was allowed, and a new file takes nobody's place. **Errors** [IOException]; then the
/// file is as it was and nothing else is left behind.
final class Replacement {
    private static final Set<PosixFilePermission> WRITERS =
            EnumSet.of(
                    PosixFilePermission.OWNER_WRITE,
                    PosixFilePermission.GROUP_WRITE,
                    PosixFilePermission.OTHERS_WRITE);

    private Replacement() {}

    /// Whose file it is and who may do what; null where the system does not say.
    static @Nullable PosixFileAttributes attributes(Path file) throws IOException {
        PosixFileAttributeView view = view(file);
        return view == null ? null : view.readAttributes();
    }

    /// Replaces a file, which keeps its mode and, where that may be, its owner.
    static void replace(Path file, byte[] content) throws IOException {
        demandWritable(file);
        write(file, content, attributes(file), false);
    }

    /// Makes a file, with the mode of another if it is to have that.
    ///
    /// **Errors** [FileAlreadyExistsException] when something is there.
    static void create(Path file, byte[] content, @Nullable PosixFileAttributes like)
            throws IOException {
        write(file, content, like, true);
    }

    /// A file that nobody may write was made so on purpose, also where the folder lets replace it.
    static void demandWritable(Path file) throws IOException {
        PosixFileAttributes about = attributes(file);
        boolean locked = about != null && about.permissions().stream().noneMatch(WRITERS::contains);
        if (locked || !Files.isWritable(file)) {
            throw new FileSystemException(file.toString(), null, "it is read-only");
        }
    }

    private static void write(
            Path file, byte[] content, @Nullable PosixFileAttributes like, boolean fresh)
            throws IOException {
        String name = ".hal0-" + UUID.randomUUID().toString().substring(0, 8);
        Path temporary = file.resolveSibling(name);
        try {
            fill(temporary, content, like);
            if (!temporary.toRealPath().equals(temporary)) {
                throw new FileSystemException(
                        file.toString(), null, "a link took the place of its folder");
            }
            if (fresh) {
                link(temporary, file);
            } else {
                Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
            }
            sync(file.resolveSibling("."));
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    /// The mode comes before the content: what was private never stands open.
    private static void fill(Path temporary, byte[] content, @Nullable PosixFileAttributes like)
            throws IOException {
        Set<StandardOpenOption> options =
                EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try (FileChannel channel = FileChannel.open(temporary, options)) {
            if (like != null) {
                take(temporary, like);
            }
            ByteBuffer bytes = ByteBuffer.wrap(content);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
    }

    private static void take(Path temporary, PosixFileAttributes like) throws IOException {
        PosixFileAttributeView ours = view(temporary);
        if (ours == null) {
            return;
        }
        PosixFileAttributes now = ours.readAttributes();
        Set<PosixFilePermission> mode = EnumSet.noneOf(PosixFilePermission.class);
        mode.addAll(like.permissions());
        try {
            if (!like.owner().equals(now.owner())) {
                ours.setOwner(like.owner());
            }
        } catch (FileSystemException _) {
            // Only root may give a file away. The change matters more than whose file it is.
        }
        try {
            if (!like.group().equals(now.group())) {
                ours.setGroup(like.group());
            }
        } catch (FileSystemException _) {
            // What was meant for one group must not be open to another.
            mode.removeIf(each -> each.name().startsWith("GROUP_"));
        }
        if (!mode.equals(ours.readAttributes().permissions())) {
            ours.setPermissions(mode); // some file systems refuse even what changes nothing
        }
    }

    /// A link fails where a move would take the place of a file that came meanwhile.
    private static void link(Path temporary, Path file) throws IOException {
        try {
            Files.createLink(file, temporary);
        } catch (FileAlreadyExistsException e) {
            throw e;
        } catch (FileSystemException | UnsupportedOperationException _) {
            // Not every file system has hard links.
            if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
                throw new FileAlreadyExistsException(file.toString());
            }
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
        }
    }

    private static void sync(Path folder) throws IOException {
        if (view(folder) == null) {
            return; // a folder cannot be opened there, and its entries are written through
        }
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private static @Nullable PosixFileAttributeView view(Path path) {
        return Files.getFileAttributeView(
                path, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
    }
}
