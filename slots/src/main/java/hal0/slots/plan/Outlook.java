package hal0.slots.plan;

/// What who waits for a load can be told of it.
///
/// **Shape** `state` is a word for people and programs; `done` from 0 to 1. **Units** `upAt` in
/// nanoseconds of the arbiter's clock.
record Outlook(String state, double done, long upAt) {}
