package hal0.home.ledger;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Keeps what was spent.
///
/// **Shape** a row that was recorded or announced outlives this process. **Threads** any. `record`
/// never waits for the database; rows are written to it in batches by one thread of the ledger's
/// own, and `close` writes what is left.
public interface Ledger extends AutoCloseable {

    void record(LedgerRow row);

    /// Keeps a call's row before the call is over, as it will be if nothing more happens: for who
    /// is about to give the last of an answer away, after which this process may be killed.
    default Announced announce(LedgerRow likely) {
        return new Announced() {
            @Override
            public void again(LedgerRow changed) {
                // Nothing is kept here before the end.
            }

            @Override
            public void end(LedgerRow row) {
                record(row);
            }
        };
    }

    /// How it stands with writing.
    default Health health() {
        return Health.FINE;
    }

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

    /// A row that is kept and may still change. **Threads** one at a time.
    interface Announced {

        /// It will be this row instead, if nothing more happens.
        void again(LedgerRow likely);

        /// The call is over, once.
        void end(LedgerRow row);
    }

    /// **Shape** `problem` is why rows cannot be written now, null while they can; `waiting` counts
    /// those in memory, `lost` those that are gone since this process began.
    record Health(@Nullable String problem, long waiting, long lost) {
        public static final Health FINE = new Health(null, 0, 0);

        public boolean isFine() {
            return problem == null && lost == 0;
        }
    }
}
