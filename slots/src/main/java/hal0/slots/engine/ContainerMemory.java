package hal0.slots.engine;

import com.github.dockerjava.api.model.MemoryStatsConfig;
import com.github.dockerjava.api.model.Statistics;
import com.github.dockerjava.api.model.StatsConfig;
import hal0.providers.http.CancelToken;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/// How much of the machine's memory a container holds.
///
/// The larger of two views: what its group was charged, which leaves out pages that another program
/// read first; and what its processes have mapped, which leaves out what they share with nobody's
/// name on it. Servers map a model's file rather than read it.
public final class ContainerMemory {
    private static final long KIBIBYTES = 1024;
    private static final long MEBIBYTE = 1024 * KIBIBYTES;

    private ContainerMemory() {}

    /// `pids` are the processes that it began with on this machine.
    public static long megabytes(Engine engine, String container, List<Long> pids) {
        long mapped = pids.stream().mapToLong(ContainerMemory::tree).sum();
        return Math.max(charged(engine, container), mapped) / MEBIBYTE;
    }

    private static long charged(Engine engine, String id) {
        AtomicLong bytes = new AtomicLong();
        engine.connect()
                .<Statistics>follow(
                        "measure container " + id,
                        new CancelToken(),
                        statistics -> bytes.set(held(statistics.getMemoryStats())),
                        (docker, feed) -> docker.statsCmd(id).withNoStream(true).exec(feed));
        return bytes.get();
    }

    /// Without the part of the file cache that the kernel gives up first.
    ///
    /// **Source** how `docker stats` counts
    /// (https://docs.docker.com/reference/cli/docker/container/stats/, read 2026-11-21): version 1
    /// of control groups names the totals differently from version 2.
    private static long held(@Nullable MemoryStatsConfig memory) {
        if (memory == null || memory.getUsage() == null) {
            return 0;
        }
        StatsConfig stats = memory.getStats();
        Long idle = stats == null ? null : stats.getTotalInactiveFile();
        if (idle == null && stats != null) {
            idle = stats.getInactiveFile();
        }
        return Math.max(memory.getUsage() - (idle == null ? 0 : idle), 0);
    }

    private static long tree(long pid) {
        return ProcessHandle.of(pid)
                .map(process ->
                        LongStream.concat(
                                        LongStream.of(pid),
                                        process.descendants().mapToLong(ProcessHandle::pid))
                                .map(ContainerMemory::resident)
                                .sum())
                .orElse(0L);
    }

    private static long resident(long pid) {
        try {
            return Files.readAllLines(Path.of("/proc", String.valueOf(pid), "status")).stream()
                            .filter(line -> line.startsWith("VmRSS:"))
                            .map(line -> line.replaceAll("\\D", ""))
                            .mapToLong(Long::parseLong)
                            .findFirst()
                            .orElse(0)
                    * KIBIBYTES;
        } catch (IOException e) {
            // It has ended meanwhile, or is not for us to see; the engine's view remains.
            return 0;
        }
    }
}
