package hal0.home.ledger;

/// What became of a call.
public enum Outcome {
    ANSWERED,
    FAILED,
    CANCELLED
}
