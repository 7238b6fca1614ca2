package hal0.agent.process;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// What `/proc` tells of processes; nothing where there is none.
///
/// **Source** proc_pid_stat(5), proc_pid_environ(5) of man-pages 6.9.
final class ProcessTable {
    private static final Path PROC = Path.of("/proc");

    private ProcessTable() {}

    /// A process that lives. **Units** `started` in ticks since the machine's start.
    record Entry(long group, long session, long started) {}

    /// Empty for one that has ended, also where its parent has not asked about it yet.
    static Optional<Entry> find(long pid) {
        String stat = read(pid, "stat");
        // The name may hold spaces and parentheses; what follows its last one has fixed places.
        String[] fields = stat.substring(stat.lastIndexOf(')') + 1).strip().split(" ", -1);
        if (fields.length < 20 || fields[0].equals("Z") || fields[0].equals("X")) {
            return Optional.empty();
        }
        return Optional.of(
                new Entry(
                        Long.parseLong(fields[2]),
                        Long.parseLong(fields[3]),
                        Long.parseLong(fields[19])));
    }

    /// All numbers, the newest processes first as long as numbers have not begun anew.
    static List<Long> newestFirst() {
        List<Long> pids = new ArrayList<>();
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(PROC, "[0-9]*")) {
            folders.forEach(
                    folder -> pids.add(Long.parseLong(String.valueOf(folder.getFileName()))));
        } catch (IOException | DirectoryIteratorException _) {
            return List.of(); // without /proc nothing is seen
        }
        pids.sort(Comparator.reverseOrder());
        return pids;
    }

    static boolean isThere() {
        return !read(ProcessHandle.current().pid(), "stat").isEmpty();
    }

    /// Whether it was started with that word at the beginning of one of its variables.
    static boolean bears(long pid, String variable) {
        String environment = read(pid, "environ");
        return environment.startsWith(variable) || environment.contains('\0' + variable);
    }

    private static String read(long pid, String name) {
        try {
            Path file = PROC.resolve(Long.toString(pid)).resolve(name);
            return new String(Files.readAllBytes(file), ISO_8859_1);
        } catch (IOException _) {
            return ""; // it has ended, or it is somebody else's
        }
    }
}
