package hal0.slots.plan;

/// What a slot takes of a pool while its model is loaded.
///
/// **Units** MiB; 0 is not known.
public record Need(Pool pool, long mb) {}
