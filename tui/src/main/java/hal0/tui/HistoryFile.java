package hal0.tui;

import hal0.tui.state.History;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

/// What was typed, one entry a line, the newest last.
///
/// **Shape** `\@`, the folder in which it was typed and a tab stand before an entry; `\` and line
/// breaks are written as `\\` and `\n`; readable by the owner only. A line that a crash cut is an
/// entry like any other. **Threads** any; programs that use it at once wait for each other, so that
/// none loses what another has added.
final class HistoryFile {
    private static final String FOLDER = "\\@";

    private final Path file;
    private final String folder;
    private final ReentrantLock lock = new ReentrantLock();

    /// `folder` is where the user is now.
    HistoryFile(Path file, String folder) {
        this.file = file;
        this.folder = folder;
    }

    private record Line(String folder, String entry) {
        static Line read(String line) {
            int tab = line.indexOf('\t');
            return line.startsWith(FOLDER) && tab > 0
                    ? new Line(
                            decode(line.substring(FOLDER.length(), tab)),
                            decode(line.substring(tab + 1)))
                    : new Line("", decode(line));
        }

        String written() {
            return FOLDER + encode(folder).replace("\t", "\\t") + "\t" + encode(entry);
        }
    }

    /// The newest entries, those of this folder after all others and each of them once; a file that
    /// has grown to twice what is kept is shortened on the way.
    List<String> load() throws IOException {
        if (!Files.exists(file)) {
            return List.of(); // nothing was typed yet
        }
        return alone(() -> {
            List<Line> lines = read();
            if (lines.size() > 2 * History.KEPT) {
                lines = lines.subList(lines.size() - History.KEPT, lines.size());
                Path shorter = file.resolveSibling(file.getFileName() + ".new");
                create(shorter);
                Files.write(shorter, lines.stream().map(Line::written).toList());
                Files.move(shorter, file, StandardCopyOption.ATOMIC_MOVE);
            }
            Set<String> entries = new LinkedHashSet<>();
            add(entries, lines, line -> !line.folder().equals(folder));
            add(entries, lines, line -> line.folder().equals(folder));
            return List.copyOf(entries);
        });
    }

    private static void add(Set<String> entries, List<Line> lines, Predicate<Line> which) {
        for (Line line : lines) {
            if (which.test(line)) {
                entries.remove(line.entry());
                entries.add(line.entry());
            }
        }
    }

    private List<Line> read() throws IOException {
        String all = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        return all.lines().filter(line -> !line.isEmpty()).map(Line::read).toList();
    }

    void append(String entry) throws IOException {
        String line = new Line(folder, entry).written() + "\n";
        var _ =
                alone(() -> {
                    if (!Files.exists(file)) {
                        create(file);
                    }
                    return Files.writeString(file, line, StandardOpenOption.APPEND);
                });
    }

    private interface Step<T> {
        T run() throws IOException;
    }

    /// Only one program shortens or appends at a time. The lock is a file of its own, because the
    /// history is replaced.
    private <T> T alone(Step<T> step) throws IOException {
        lock.lock();
        try {
            Path folderOfIt = file.toAbsolutePath().getParent();
            if (folderOfIt != null) {
                Files.createDirectories(folderOfIt);
            }
            Path locked = file.resolveSibling(file.getFileName() + ".lock");
            try (FileChannel channel =
                            FileChannel.open(
                                    locked, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    FileLock _ = channel.lock()) {
                return step.run();
            }
        } finally {
            lock.unlock();
        }
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
                out.append(c == 'n' ? '\n' : c == 'r' ? '\r' : c == 't' ? '\t' : c);
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
