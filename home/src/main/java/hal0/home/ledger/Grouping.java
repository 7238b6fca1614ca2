package hal0.home.ledger;

/// By what a report adds up.
///
/// **Shape** a model goes by `provider/model`, a key by the client that asked; days and months are
/// those of the calendar.
public enum Grouping {
    PROVIDER,
    MODEL,
    KEY,
    SESSION,
    DAY,
    MONTH
}
