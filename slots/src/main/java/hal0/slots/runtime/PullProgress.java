package hal0.slots.runtime;

/// How far something is that is fetched.
///
/// **Units** bytes; `total` 0 as long as it is not known.
public record PullProgress(String what, long done, long total) {}
