package hal0.home.config;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// How some files look from outside at one moment: enough to tell that one has changed, without
/// reading any.
///
/// **Shape** a file that is not there, or cannot be looked at, has no stamp; links are followed.
/// **Threads** any.
public final class FileStamps {

    /// Which files: those, and those of the folders whose name ends so (`providers` with `.lua`).
    ///
    /// **Shape** nothing of it has to exist.
    public record Watched(List<Path> files, Map<Path, String> folders) {
        public Watched {
            files = List.copyOf(files);
            folders = Map.copyOf(folders);
        }
    }

    /// The identity tells a file that was replaced within the clock's grain.
    private record Stamp(FileTime modified, long size, @Nullable Object identity) {}

    private final SortedMap<Path, Stamp> stamps;

    private FileStamps(SortedMap<Path, Stamp> stamps) {
        this.stamps = stamps;
    }

    public static FileStamps of(Watched watched) {
        SortedMap<Path, Stamp> stamps = new TreeMap<>();
        watched.files().forEach(file -> look(file, stamps));
        watched.folders()
                .forEach((folder, suffix) ->
                        list(folder, suffix).forEach(file -> look(file, stamps)));
        return new FileStamps(stamps);
    }

    private static void look(Path file, SortedMap<Path, Stamp> stamps) {
        try {
            BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
            if (now.isRegularFile()) {
                stamps.put(file, new Stamp(now.lastModifiedTime(), now.size(), now.fileKey()));
            }
        } catch (IOException e) {
            // Gone, between two states of an editor, or not ours to see: no stamp. Who reads it
            // reports what is wrong with it.
        }
    }

    private static Collection<Path> list(Path folder, String suffix) {
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder, "[!.]*" + suffix)) {
            entries.forEach(files::add);
        } catch (IOException e) {
            // There is no such folder: no files.
        }
        return files;
    }

    /// The files that came, went or changed between `earlier` and this, in order.
    public List<Path> changedSince(FileStamps earlier) {
        Set<Path> all = new TreeSet<>(stamps.keySet());
        all.addAll(earlier.stamps.keySet());
        return all.stream()
                .filter(file -> !Objects.equals(stamps.get(file), earlier.stamps.get(file)))
                .toList();
    }
}
