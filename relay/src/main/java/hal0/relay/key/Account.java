package hal0.relay.key;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/// What one key has used and holds.
///
/// **Shape** `held` is what requests that are under way may come to; it leaves when they end, and
/// what they really used has come to the sums by then. **Units** tokens, USD. **Threads** any.
final class Account {
    private final MinuteWindow requests = new MinuteWindow();
    private final MinuteWindow tokens = new MinuteWindow();
    private long heldTokens;
    private BigDecimal heldUsd = BigDecimal.ZERO;
    private BigDecimal spentSinceStart = BigDecimal.ZERO;
    private @Nullable BigDecimal spentBefore;

    /// How it stands with a limit on a minute.
    record Standing(boolean taken, long left, long waitSeconds) {}

    /// Takes one request, unless there were as many in the last minute.
    synchronized Standing request(long second, long limit) {
        long before = requests.sum(second);
        if (before >= limit) {
            return new Standing(false, 0, requests.secondsUntil(second, limit - 1));
        }
        requests.add(second, 1);
        return new Standing(true, limit - before - 1, requests.secondsUntil(second, 0));
    }

    synchronized void giveBackRequest(long second) {
        requests.takeBack(second, 1);
    }

    /// Whether `sure` tokens more fit beside what is used and held.
    synchronized Standing tokens(long second, long limit, long sure) {
        long used = tokens.sum(second) + heldTokens;
        if (used + sure <= limit && used < limit) {
            return new Standing(true, limit - used - sure, tokens.secondsUntil(second, 0));
        }
        long wait = tokens.secondsUntil(second, Math.max(0, limit - heldTokens - sure));
        // What others hold is free when they end, which may be at any moment.
        return new Standing(false, Math.max(0, limit - used), Math.max(1, wait));
    }

    synchronized boolean knowsBefore() {
        return spentBefore != null;
    }

    synchronized void before(BigDecimal usd) {
        spentBefore = usd;
    }

    synchronized BigDecimal spent() {
        return spentBefore == null ? spentSinceStart : spentBefore.add(spentSinceStart);
    }

    /// Spent, and what others may come to.
    synchronized BigDecimal committed() {
        return spent().add(heldUsd);
    }

    synchronized void hold(Claim claim) {
        heldTokens += claim.mostTokens();
        heldUsd = heldUsd.add(claim.mostUsd());
    }

    synchronized void release(Claim claim) {
        heldTokens -= claim.mostTokens();
        heldUsd = heldUsd.subtract(claim.mostUsd());
    }

    synchronized void used(long second, long tokenCount, @Nullable BigDecimal usd) {
        tokens.add(second, tokenCount);
        if (usd != null) {
            spentSinceStart = spentSinceStart.add(usd);
        }
    }
}
