package hal0.relay.dispatch;

import hal0.home.ledger.LedgerRow;

/// Hears of every request for a model, from its beginning to its row.
///
/// **Shape** `begun`, `decided` where its name leads somewhere, then `tried` and `left` for each
/// attempt, in turn, then `finished`, once. `failed` comes between these two and says why the
/// attempt did; `headed` when the answer begins. **Threads** the request's own; a listener must not
/// block.
public interface RequestListener {

    default void begun(Meter.Caller caller) {}

    default void decided(Meter.Caller caller, Decision decision) {}

    default void tried(Meter.Caller caller, Target target) {}

    /// **Units** nanoseconds since the attempt began; `firstContentNanos` is -1 when none came.
    default void left(
            Meter.Caller caller,
            Target target,
            boolean worked,
            long firstContentNanos,
            long nanos) {}

    /// `reason` is for people and without secrets.
    default void failed(Meter.Caller caller, String reason) {}

    /// The relay's own time so far, in microseconds.
    default void headed(Meter.Caller caller, long overheadMicros) {}

    /// A row of no attempts is that of a request which nobody was asked for: the ledger has none.
    default void finished(Meter.Caller caller, LedgerRow row) {}
}
