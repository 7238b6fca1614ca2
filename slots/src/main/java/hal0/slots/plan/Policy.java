package hal0.slots.plan;

import java.time.Duration;

/// How patient the scheduler is.
///
/// **Shape** a wish that is older than `ripe` may have a busy slot drained, once that has been up
/// for its residency: `residencyPerCost` times what it takes to load, within bounds, so that at
/// least that share of the time is spent on answers. A slot is idle only once it was quiet for a
/// part of its reload cost (`lingerPart`), at most `maxLinger`: an agent's next request often comes
/// a few milliseconds after the last. **Units** nanoseconds.
record Policy(
        long ripe,
        int residencyPerCost,
        long minResidency,
        long maxResidency,
        int lingerPart,
        long maxLinger,
        long recheck) {

    static Policy usual() {
        return new Policy(
                Duration.ofSeconds(5).toNanos(),
                2,
                Duration.ofSeconds(5).toNanos(),
                Duration.ofSeconds(60).toNanos(),
                8,
                Duration.ofSeconds(2).toNanos(),
                Duration.ofMillis(250).toNanos());
    }

    /// How long a slot stays up at least while it is in use.
    long residency(long cost) {
        return Math.clamp(cost * residencyPerCost, minResidency, maxResidency);
    }

    /// How long a slot must be quiet to be idle.
    long linger(long cost) {
        return Math.min(cost / lingerPart, maxLinger);
    }
}
