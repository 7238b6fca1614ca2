package hal0.relay.rescue;

import java.time.Duration;

/// How a target has done lately, and whether it is asked: one state of three.
///
/// **Shape** opens after five failures in a row, or when half of the last twenty failed; after five
/// seconds one request is let through as a probe, whose outcome closes it or opens it again.
/// **Units** nanoseconds of one clock. **Threads** immutable.
sealed interface Breaker {
    Duration REST = Duration.ofSeconds(5);

    /// Asked like any other; `outcomes` has a bit for each of the last ones, set where it failed.
    record Closed(int inRow, int outcomes, int counted) implements Breaker {}

    /// Not asked before `until`.
    record Open(long until) implements Breaker {}

    /// One request is out since then to see whether it is well again; one that says nothing for a
    /// minute keeps the others waiting no longer.
    record Probing(long since) implements Breaker {}

    Duration LONGEST_PROBE = Duration.ofMinutes(1);

    int IN_ROW = 5;
    int WINDOW = 20;

    /// That of a target of which nothing bad is known.
    static Breaker unused() {
        return new Closed(0, 0, 0);
    }

    default Breaker failed(long now) {
        return switch (this) {
            case Closed(int inRow, int outcomes, int counted) -> {
                int failures = (outcomes << 1 | 1) & ((1 << WINDOW) - 1);
                int seen = Math.min(counted + 1, WINDOW);
                boolean half = seen == WINDOW && Integer.bitCount(failures) * 2 >= WINDOW;
                yield inRow + 1 >= IN_ROW || half
                        ? new Open(now + REST.toNanos())
                        : new Closed(inRow + 1, failures, seen);
            }
            // One that was sent before it opened says nothing new.
            case Open open -> open;
            case Probing _ -> new Open(now + REST.toNanos());
        };
    }

    default Breaker succeeded() {
        return switch (this) {
            case Closed(_, int outcomes, int counted) ->
                    new Closed(
                            0,
                            (outcomes << 1) & ((1 << WINDOW) - 1),
                            Math.min(counted + 1, WINDOW));
            case Open open -> open;
            case Probing _ -> unused();
        };
    }

    /// What was let through ended without telling anything of the target.
    default Breaker withdrawn(long now) {
        return this instanceof Probing ? new Open(now) : this;
    }

    /// Whether a request may go there now; the state after it did is [#admitted].
    default boolean admits(long now) {
        return switch (this) {
            case Closed _ -> true;
            case Open(long until) -> now - until >= 0;
            case Probing(long since) -> now - since >= LONGEST_PROBE.toNanos();
        };
    }

    default Breaker admitted(long now) {
        return this instanceof Closed ? this : new Probing(now);
    }

    /// Whether nothing is remembered that a new one would not have.
    default boolean isNew() {
        return this instanceof Closed(int inRow, int outcomes, _) && inRow == 0 && outcomes == 0;
    }
}
