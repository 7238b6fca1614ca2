package hal0.slots.hardware;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The memory that programs of this process's group may take: that of the machine, or the limit of
/// the innermost container or service around it that has one.
///
/// **Units** MiB. **Source** `MemAvailable` in https://docs.kernel.org/filesystems/proc.html;
/// `memory.max`, `memory.current` and `inactive_file` in
/// https://docs.kernel.org/admin-guide/cgroup-v2.html; `memory.limit_in_bytes` in
/// https://docs.kernel.org/admin-guide/cgroup-v1/memory.html, read 2026-11-21.
record SystemMemory(long totalMb, long availableMb) {
    private static final long MIB = 1024L * 1024;
    private static final Pattern LINE = Pattern.compile("(?m)^(\\w+):\\s+(\\d{1,15}) kB$");
    private static final Pattern CACHED =
            Pattern.compile("(?m)^(?:total_)?inactive_file (\\d{1,18})$");

    /// The names of one version of control groups.
    private record Names(String limit, String used) {}

    private static final Names V2 = new Names("memory.max", "memory.current");
    private static final Names V1 = new Names("memory.limit_in_bytes", "memory.usage_in_bytes");

    /// Null where `/proc` does not tell.
    static @Nullable SystemMemory read(Path root) {
        String info = SmallFile.text(root.resolve("proc/meminfo"));
        long total = info == null ? -1 : kilobytes(info, "MemTotal");
        if (info == null || total < 0) {
            return null;
        }
        long available = Math.max(0, kilobytes(info, "MemAvailable"));
        return new SystemMemory(total / 1024, available / 1024).within(root);
    }

    private static long kilobytes(String info, String name) {
        Matcher line = LINE.matcher(info);
        while (line.find()) {
            if (line.group(1).equals(name)) {
                return Long.parseLong(line.group(2));
            }
        }
        return -1;
    }

    private SystemMemory within(Path root) {
        SystemMemory memory = this;
        Path groups = root.resolve("sys/fs/cgroup");
        String own = SmallFile.text(root.resolve("proc/self/cgroup"));
        for (String line : own == null ? new String[0] : own.split("\n")) {
            String[] parts = line.split(":", 3);
            if (parts.length == 3 && parts[1].isEmpty()) {
                memory = memory.within(groups, parts[2], V2);
            } else if (parts.length == 3 && parts[1].equals("memory")) {
                memory = memory.within(groups.resolve("memory"), parts[2], V1);
            }
        }
        return memory;
    }

    /// Within every group from the top down to the named one. Inside a container the name may be
    /// the host's, and the container's own group is the top.
    private SystemMemory within(Path top, String name, Names names) {
        SystemMemory memory = this;
        Path group = top.resolve(name.replaceFirst("^/+", "")).normalize();
        while (group != null && group.startsWith(top)) {
            if (Files.isDirectory(group)) {
                memory = memory.within(group, names);
            }
            group = group.getParent();
        }
        return memory;
    }

    private SystemMemory within(Path group, Names names) {
        Long limit = SmallFile.number(group.resolve(names.limit()));
        if (limit == null || limit / MIB >= totalMb) {
            return this;
        }
        Long used = SmallFile.number(group.resolve(names.used()));
        String stat = SmallFile.text(group.resolve("memory.stat"));
        Matcher cached = CACHED.matcher(stat == null ? "" : stat);
        // What of files is only kept for later is given back when somebody needs it.
        long reclaimable = cached.find() ? Long.parseLong(cached.group(1)) : 0;
        long left = limit - Math.max(0, (used == null ? 0 : used) - reclaimable);
        return new SystemMemory(limit / MIB, Math.clamp(left / MIB, 0, availableMb));
    }
}
