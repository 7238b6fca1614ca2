package hal0.home.ledger;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/// What the calls of one group came to.
///
/// **Shape** `name` is null for calls without a session. `failed` calls cost nothing; of the others
/// `priced` have a known cost, `local` ran on the user's own machine, and `unpriced` cost what
/// nobody knows and `costUsd` leaves out. **Units** as in [LedgerRow].
public record Tally(
        @Nullable String name,
        long requests,
        long failed,
        long inputTokens,
        long outputTokens,
        long cacheReadTokens,
        long cacheWriteTokens,
        long reasoningTokens,
        BigDecimal costUsd,
        long priced,
        long local,
        long unpriced) {

    /// Nothing yet, under that name.
    public static Tally none(@Nullable String name) {
        return new Tally(name, 0, 0, 0, 0, 0, 0, 0, BigDecimal.ZERO, 0, 0, 0);
    }

    /// Both together, under this one's name.
    public Tally plus(Tally other) {
        return new Tally(
                name,
                requests + other.requests,
                failed + other.failed,
                inputTokens + other.inputTokens,
                outputTokens + other.outputTokens,
                cacheReadTokens + other.cacheReadTokens,
                cacheWriteTokens + other.cacheWriteTokens,
                reasoningTokens + other.reasoningTokens,
                costUsd.add(other.costUsd),
                priced + other.priced,
                local + other.local,
                unpriced + other.unpriced);
    }

    /// Whether anything is known of the cost.
    public boolean isPriced() {
        return unpriced == 0 || priced > 0 || local > 0;
    }

    public long tokens() {
        return inputTokens + outputTokens + cacheReadTokens + cacheWriteTokens;
    }
}
