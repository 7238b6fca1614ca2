package hal0.agent.checkpoint;

import hal0.home.Home;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/// Folders beside the files that are brought back, for what takes their place and for what they
/// were: moving within a file system cannot fail for want of room.
///
/// **Shape** one in each folder that holds changes and stays. **Threads** one.
final class Staging implements AutoCloseable {
    static final String PREFIX = ".hal0-undo-";

    private static final Duration LEFT_BEHIND = Duration.ofMinutes(10);

    private final String name = PREFIX + UUID.randomUUID();
    private final Map<Path, Path> folders = new HashMap<>();
    private int next;
    private boolean left;

    /// A path that is free, on the file system of `folder`.
    Path place(Path folder) throws IOException {
        Path staging = folders.get(folder);
        if (staging == null) {
            sweep(folder);
            staging = folder.resolve(name);
            Home.createPrivate(staging);
            folders.put(folder, staging);
        }
        return staging.resolve(String.valueOf(next++));
    }

    /// Writes a file or link as `state` says, on the disk and not only on its way there.
    Path write(Path folder, FileState state, ObjectStore store) throws IOException {
        Path place = place(folder);
        if (state instanceof FileState.Link(var target)) {
            return Files.createSymbolicLink(place, Path.of(target));
        }
        if (state instanceof FileState.Saved(var hash, var mode)) {
            try (FileChannel channel =
                            FileChannel.open(
                                    place,
                                    StandardOpenOption.CREATE_NEW,
                                    StandardOpenOption.WRITE);
                    OutputStream out = Channels.newOutputStream(channel)) {
                store.copy(hash, out);
                channel.force(true);
            }
            setMode(place, mode);
        }
        return place;
    }

    static void setMode(Path path, String mode) throws IOException {
        if (!mode.isEmpty()) {
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
        }
    }

    /// Stays where it is when it is closed, because not everything could be put back.
    Collection<Path> leave() {
        left = true;
        return folders.values();
    }

    @Override
    public void close() throws IOException {
        if (left) {
            return;
        }
        for (Path folder : folders.values()) {
            delete(folder);
        }
    }

    /// What an undo left behind that was killed.
    private static void sweep(Path folder) throws IOException {
        Instant old = Instant.now().minus(LEFT_BEHIND);
        try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, PREFIX + "*")) {
            for (Path each : found) {
                if (Files.getLastModifiedTime(each).toInstant().isBefore(old)) {
                    delete(each);
                }
            }
        }
    }

    private static void delete(Path folder) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                Files.deleteIfExists(file);
            }
        }
        Files.deleteIfExists(folder);
    }
}
