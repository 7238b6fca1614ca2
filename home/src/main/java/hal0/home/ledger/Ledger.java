package hal0.home.ledger;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;

/// Keeps what was spent.
///
/// **Threads** any. `record` never blocks on the disk; rows are written in batches by one thread of
/// the ledger's own, and `close` writes what is left.
public interface Ledger extends AutoCloseable {

    void record(LedgerRow row);

    /// Sums since `from`, by provider and model, costliest first. Waits until rows recorded before
    /// the call are written.
    List<Sum> sums(Instant from);

    /// What answers since `from` cost, as far as their price is known. Waits as `sums` does.
    BigDecimal spentSince(Instant from);

    /// What the answers of one session cost, as far as their price is known. Waits as `sums` does.
    BigDecimal spentIn(String session);

    @Override
    void close();

    /// **Units** as in [LedgerRow]; `unpriced` counts answers whose price is unknown and which
    /// `costUsd` therefore leaves out.
    record Sum(
            String provider,
            String model,
            long requests,
            long inputTokens,
            long outputTokens,
            long cacheReadTokens,
            long cacheWriteTokens,
            BigDecimal costUsd,
            long unpriced) {}
}
