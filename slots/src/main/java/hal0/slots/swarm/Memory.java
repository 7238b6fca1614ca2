package hal0.slots.swarm;

import com.github.dockerjava.api.model.MemoryStatsConfig;
import com.github.dockerjava.api.model.Statistics;
import com.github.dockerjava.api.model.StatsConfig;
import org.jspecify.annotations.Nullable;

/// What a container holds, without the files that the kernel keeps for it and can drop.
///
/// **Source** as `docker stats` counts: docker/cli, cli/command/container/stats_helpers.go (read
/// 2026-11-21).
final class Memory {
    private Memory() {}

    static long used(Statistics statistics) {
        MemoryStatsConfig memory = statistics.getMemoryStats();
        Long usage = memory == null ? null : memory.getUsage();
        if (usage == null) {
            return 0;
        }
        StatsConfig stats = memory.getStats();
        Long droppable = stats == null ? null : first(stats);
        return droppable == null || droppable > usage ? usage : usage - droppable;
    }

    private static @Nullable Long first(StatsConfig stats) {
        return stats.getTotalInactiveFile() == null
                ? stats.getInactiveFile()
                : stats.getTotalInactiveFile();
    }
}
