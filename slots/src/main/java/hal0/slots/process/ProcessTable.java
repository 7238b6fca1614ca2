package hal0.slots.process;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The processes of this machine, as `/proc` tells them.
///
/// **Errors** none: a process that is gone, or that may not be looked into, is not there.
/// **Source** proc_pid_stat(5), proc_pid_environ(5), proc_vmstat(5) of man-pages 6.9.
final class ProcessTable {
    /// USER_HZ, which is 100 on every architecture that a JDK is made for.
    private static final long TICKS_PER_SECOND = 100;

    private final Path proc;

    ProcessTable(Path proc) {
        this.proc = proc;
    }

    /// One process. **Units** `started` in ticks since the machine's start; with the number it
    /// names a process for good.
    record Entry(long pid, long parent, long session, long started, char state) {
        /// A dead one that nobody has asked about yet still has its number.
        boolean isAlive() {
            return state != 'Z' && state != 'X';
        }
    }

    boolean isReadable() {
        return Files.isReadable(proc.resolve("self/stat"));
    }

    Optional<Entry> find(long pid) {
        String text = read(proc.resolve(pid + "/stat"));
        return text == null ? Optional.empty() : Optional.ofNullable(entry(pid, text));
    }

    /// Whether it is that very process and it lives.
    boolean isAlive(long pid, long started) {
        return find(pid).filter(entry -> entry.started() == started && entry.isAlive()).isPresent();
    }

    /// All that live.
    List<Entry> all() {
        List<Entry> entries = new ArrayList<>();
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(proc, "[0-9]*")) {
            for (Path folder : folders) {
                find(Long.parseLong(String.valueOf(folder.getFileName())))
                        .filter(Entry::isAlive)
                        .ifPresent(entries::add);
            }
        } catch (IOException _) {
            // Without /proc there is nothing to be seen; isReadable() tells so.
        }
        return entries;
    }

    /// The name may hold spaces and parentheses; what follows its last one has fixed places.
    private static @Nullable Entry entry(long pid, String stat) {
        String[] fields = stat.substring(stat.lastIndexOf(')') + 1).strip().split(" ", -1);
        if (fields.length < 20) {
            return null;
        }
        return new Entry(
                pid,
                Long.parseLong(fields[1]),
                Long.parseLong(fields[3]),
                Long.parseLong(fields[19]),
                fields[0].charAt(0));
    }

    /// What it was started with; empty where that may not be seen.
    Map<String, String> environment(long pid) {
        byte[] bytes = readBytes(proc.resolve(pid + "/environ"));
        Map<String, String> found = new HashMap<>();
        for (String word :
                bytes == null ? new String[0] : new String(bytes, UTF_8).split("\0", -1)) {
            int equals = word.indexOf('=');
            if (equals > 0) {
                found.put(word.substring(0, equals), word.substring(equals + 1));
            }
        }
        return found;
    }

    /// The program that it runs, null while that may not be seen.
    @Nullable Path program(long pid) {
        try {
            return Files.readSymbolicLink(proc.resolve(pid + "/exe"));
        } catch (IOException _) {
            return null; // gone, or somebody else's
        }
    }

    /// The memory that it has in use. **Units** KiB.
    long residentKb(long pid) {
        return number(read(proc.resolve(pid + "/status")), "VmRSS:");
    }

    /// How often the kernel has ended a process because memory was short, since its start.
    long memoryKills() {
        return number(read(proc.resolve("vmstat")), "oom_kill ");
    }

    /// Another after each start of the machine.
    String boot() {
        String id = read(proc.resolve("sys/kernel/random/boot_id"));
        return id == null ? "" : id.strip();
    }

    Instant startOf(Entry entry) {
        long boot = number(read(proc.resolve("stat")), "btime ");
        return Instant.ofEpochMilli(boot * 1000 + entry.started() * 1000 / TICKS_PER_SECOND);
    }

    private static long number(@Nullable String text, String name) {
        return (text == null ? "" : text)
                .lines()
                .filter(line -> line.startsWith(name))
                .mapToLong(line -> Long.parseLong(digits(line.substring(name.length()))))
                .findFirst()
                .orElse(0);
    }

    private static String digits(String text) {
        String stripped = text.strip();
        int end = stripped.indexOf(' ');
        return end < 0 ? stripped : stripped.substring(0, end);
    }

    private static @Nullable String read(Path file) {
        byte[] bytes = readBytes(file);
        return bytes == null ? null : new String(bytes, ISO_8859_1);
    }

    private static byte @Nullable [] readBytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException _) {
            return null; // it has ended, or it is somebody else's
        }
    }
}
