package hal0.agent.checkpoint;

import java.time.Duration;

/// How much a look at a workspace may take, so that a command in a huge folder is not kept waiting.
///
/// **Shape** beyond `entries` nothing is kept; beyond `ignoredEntries` the folders that git ignores
/// are named and not looked into; files above `fileBytes`, and what comes after `newBytes` or
/// `time`, are named when they change.
public record LookLimits(
        int entries, int ignoredEntries, long fileBytes, long newBytes, Duration time) {

    public static final LookLimits USUAL =
            new LookLimits(100_000, 20_000, 2L << 20, 300L << 20, Duration.ofSeconds(15));
}
