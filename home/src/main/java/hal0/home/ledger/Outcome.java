package hal0.home.ledger;

/// What became of a call.
public enum Outcome {
    ANSWERED,
    /// Answered in the end, after content of a target that broke off had been shown.
    RESCUED,
    FAILED,
    CANCELLED
}
