package hal0.relay.dispatch;

import hal0.home.ledger.LedgerRow;

/// Hears of every request for a model, from its beginning to its row.
///
/// **Shape** `begun`, then `tried` and `left` for each attempt, in turn, then `finished`, once.
/// **Threads** the request's own; a listener must not block.
public interface RequestListener {

    default void begun(Meter.Caller caller) {}

    default void tried(Meter.Caller caller, Target target) {}

    /// **Units** nanoseconds since the attempt began; `firstContentNanos` is -1 when none came.
    default void left(Target target, boolean worked, long firstContentNanos, long nanos) {}

    /// A row of no attempts is that of a request which nobody was asked for: the ledger has none.
    default void finished(LedgerRow row) {}
}
