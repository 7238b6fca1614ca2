package hal0.providers.error;

import java.time.Duration;

/// Whether and when the same call may be made again.
public sealed interface Retry {
    record Never() implements Retry {}

    /// Not before `delay`, which the provider named.
    record After(Duration delay) implements Retry {}

    /// After a delay of the caller's choice.
    record Backoff() implements Retry {}
}
