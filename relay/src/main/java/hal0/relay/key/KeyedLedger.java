package hal0.relay.key;

import hal0.home.ledger.Ledger;
import hal0.home.ledger.LedgerRow;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;

/// A ledger whose rows count against the limits of their keys, from the moment they are told and
/// not only once they are written.
public final class KeyedLedger implements Ledger {
    private final Ledger ledger;
    private final Limits limits;

    public KeyedLedger(Ledger ledger, Limits limits) {
        this.ledger = ledger;
        this.limits = limits;
    }

    @Override
    public void record(LedgerRow row) {
        limits.used(row);
        ledger.record(row);
    }

    @Override
    public List<Sum> sums(Instant from) {
        return ledger.sums(from);
    }

    @Override
    public BigDecimal spentSince(Instant from) {
        return ledger.spentSince(from);
    }

    @Override
    public BigDecimal spentIn(String session) {
        return ledger.spentIn(session);
    }

    @Override
    public void close() {
        ledger.close();
    }
}
