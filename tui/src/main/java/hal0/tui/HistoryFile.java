package hal0.tui;

import hal0.tui.state.History;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

/// What was typed, one entry a line, the newest last.
///
/// **Shape** `\` and line breaks are written as `\\` and `\n`; readable by the owner only. A line
/// that a crash cut is an entry like any other. **Threads** any; two programs may append at once.
final class HistoryFile {
    private final Path file;

    HistoryFile(Path file) {
        this.file = file;
    }

    /// The newest entries; a file that has grown to twice that is shortened on the way.
    List<String> load() throws IOException {
        List<String> entries = new ArrayList<>();
        try {
            String all = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
            all.lines().filter(line -> !line.isEmpty()).forEach(line -> entries.add(decode(line)));
        } catch (NoSuchFileException e) {
            return entries; // nothing was typed yet
        }
        if (entries.size() > 2 * History.KEPT) {
            List<String> kept = entries.subList(entries.size() - History.KEPT, entries.size());
            Path shorter = file.resolveSibling(file.getFileName() + ".new");
            create(shorter);
            Files.write(shorter, kept.stream().map(HistoryFile::encode).toList());
            Files.move(shorter, file, StandardCopyOption.ATOMIC_MOVE);
            return List.copyOf(kept);
        }
        return entries;
    }

    void append(String entry) throws IOException {
        if (!Files.exists(file)) {
            create(file);
        }
        Files.writeString(file, encode(entry) + "\n", StandardOpenOption.APPEND);
    }

    private static void create(Path path) throws IOException {
        Path folder = path.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        if (FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
            Files.deleteIfExists(path);
            Files.createFile(
                    path,
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rw-------")));
        } else {
            Files.write(path, new byte[0]);
        }
    }

    static String encode(String entry) {
        return entry.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r");
    }

    static String decode(String line) {
        StringBuilder out = new StringBuilder(line.length());
        boolean escaped = false;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (escaped) {
                out.append(c == 'n' ? '\n' : c == 'r' ? '\r' : c);
                escaped = false;
            } else if (c == '\\') {
                escaped = true;
            } else {
                out.append(c);
            }
        }
        return out.toString();
    }
}
