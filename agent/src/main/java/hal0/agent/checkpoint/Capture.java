package hal0.agent.checkpoint;

import hal0.home.IoReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Tells what stands at a path, and keeps it where asked to. **Threads** any.
final class Capture {
    private final ObjectStore store;

    Capture(ObjectStore store) {
        this.store = store;
    }

    /// Keeps what stands at `path`, so that it outlives a power cut too.
    ///
    /// **Errors** [CheckpointException] when it cannot be kept.
    FileState keep(Path path) {
        try {
            FileStat stat = stat(path);
            if (stat != null && stat.isFile()) {
                return new FileState.Saved(store.save(path, true), stat.permissions());
            }
            return other(path, stat);
        } catch (IOException e) {
            throw failed(path, e);
        }
    }

    /// Tells without keeping.
    FileState tell(Path path) throws IOException {
        FileStat stat = stat(path);
        return stat != null && stat.isFile()
                ? new FileState.Saved(ObjectStore.hash(path), stat.permissions())
                : other(path, stat);
    }

    /// Nothing is where a link leads to: a change of a path never goes through one.
    private static @Nullable FileStat stat(Path path) throws IOException {
        Path parent = path.getParent();
        if (parent != null && Files.exists(parent) && !parent.toRealPath().equals(parent)) {
            return null;
        }
        return FileStat.of(path);
    }

    static FileState other(Path path, @Nullable FileStat stat) throws IOException {
        if (stat == null) {
            return new FileState.Absent();
        }
        if (stat.isLink()) {
            return new FileState.Link(Files.readSymbolicLink(path).toString());
        }
        return stat.isFolder()
                ? new FileState.Folder(stat.permissions())
                : new FileState.Unsaved("it is neither a file nor a folder");
    }

    private static CheckpointException failed(Path path, IOException e) {
        return new CheckpointException(
                "%s cannot be kept for undo, so it is not changed: %s"
                        .formatted(path, IoReason.of(e)),
                e);
    }
}
