package hal0.agent.shell;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/// The folder with the output that was too long for the model.
///
/// **Shape** files of mode 0600 in a folder of mode 0700; together no more than [#MOST] bytes, the
/// oldest go first. **Threads** any.
final class KeptOutputs {
    static final long MOST = 50L << 20;

    private final Path folder;
    private final long most;

    KeptOutputs(Path folder, long most) {
        this.folder = folder;
        this.most = most;
    }

    /// A file to write into, which nobody else may read.
    KeptOutput create() throws IOException {
        Files.createDirectories(
                folder,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Path file = folder.resolve("shell-%s.txt".formatted(UUID.randomUUID()));
        Files.createFile(
                file,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        return new KeptOutput(this, file, most);
    }

    private record Kept(Path file, long size, FileTime changed) {}

    /// Makes room: the oldest go, but never `newest`.
    synchronized void trim(Path newest) throws IOException {
        List<Kept> all = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(f -> !f.equals(newest)).toList()) {
                all.add(new Kept(file, Files.size(file), Files.getLastModifiedTime(file)));
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        all.sort(Comparator.comparing(Kept::changed).reversed());
        long sum = Files.size(newest);
        for (Kept each : all) {
            sum += each.size();
            if (sum > most) {
                Files.deleteIfExists(each.file());
            }
        }
    }
}
