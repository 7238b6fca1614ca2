package hal0.relay.dispatch;

import hal0.home.ledger.Ledger;
import hal0.home.ledger.LedgerRow;
import hal0.providers.ModelKnowledge;
import hal0.providers.Pricing;
import hal0.relay.budget.Budget;
import hal0.relay.timing.Waits;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// A ledger that keeps its rows for the test to see.
final class RecordedRows implements Ledger {
    private final List<LedgerRow> rows = new CopyOnWriteArrayList<>();
    private final List<LedgerRow> announced = new CopyOnWriteArrayList<>();

    List<LedgerRow> rows() {
        return rows;
    }

    Meter meter() {
        return metering().begin(caller(0), new Waits());
    }

    Metering metering() {
        return new Metering(this, new Pricing(ModelKnowledge.NONE)::cost);
    }

    Meter.Caller caller(long estimatedTokens) {
        return new Meter.Caller(
                "req_1",
                Instant.EPOCH,
                System.nanoTime(),
                "relay",
                Budget.Purse.of(null),
                null,
                "openai",
                "p/m",
                true,
                () -> estimatedTokens);
    }

    /// What was kept before its end.
    List<LedgerRow> announced() {
        return announced;
    }

    @Override
    public Announced announce(LedgerRow likely) {
        announced.add(likely);
        return new Announced() {
            @Override
            public void again(LedgerRow changed) {
                announced.add(changed);
            }

            @Override
            public void end(LedgerRow row) {
                record(row);
            }
        };
    }

    @Override
    public void record(LedgerRow row) {
        rows.add(row);
    }

    @Override
    public List<Sum> sums(Instant from) {
        return List.of();
    }

    @Override
    public BigDecimal spentSince(Instant from) {
        return BigDecimal.ZERO;
    }

    @Override
    public BigDecimal spentIn(String session) {
        return BigDecimal.ZERO;
    }

    @Override
    public void close() {
        // Holds nothing.
    }
}
