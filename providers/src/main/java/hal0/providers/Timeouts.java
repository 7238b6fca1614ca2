package hal0.providers;

import java.time.Duration;

/// The four clocks of a call; zero means none.
///
/// **Shape** `connect` until the connection stands; `firstToken` until the first content of a
/// stream, which signs of life (comments, pings, an opening without words) are not, or its first
/// byte where nobody decodes it; `idle` between two reads of a stream after that; `total` for the
/// whole of an answer that is not streamed.
public record Timeouts(Duration connect, Duration firstToken, Duration idle, Duration total) {
    public static final Timeouts DEFAULT =
            new Timeouts(
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(120),
                    Duration.ofSeconds(120),
                    Duration.ofSeconds(300));
}
