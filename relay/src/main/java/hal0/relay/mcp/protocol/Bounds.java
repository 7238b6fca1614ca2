package hal0.relay.mcp.protocol;

import java.time.Duration;

/// How much a server bears.
///
/// **Shape** `conversations` at once, each with so many `calls` at once; one that is quiet for
/// `idle` is forgotten. `page` is how much of a list is shown at a time. An answer that takes
/// longer than `patience` is begun as a stream, which says something each `keepAlive`.
public record Bounds(
        int conversations,
        int calls,
        Duration idle,
        int page,
        Duration patience,
        Duration keepAlive) {
    public static final Bounds USUAL =
            new Bounds(
                    64,
                    16,
                    Duration.ofMinutes(30),
                    100,
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(15));
}
