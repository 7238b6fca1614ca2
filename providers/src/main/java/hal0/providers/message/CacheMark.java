package hal0.providers.message;

/// How long a provider may keep what stands before a mark.
public enum CacheMark {
    /// Five minutes, renewed by each use.
    SHORT,
    /// One hour.
    LONG
}
