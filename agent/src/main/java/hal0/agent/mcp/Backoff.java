package hal0.agent.mcp;

import java.time.Duration;

/// How long a server that ended is left alone: a second, twice as long each time, a minute at most;
/// from the beginning again once it has run for a while.
///
/// **Threads** one at a time.
final class Backoff {
    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofSeconds(60);
    private static final Duration A_WHILE = Duration.ofSeconds(60);
    private static final int MOST_DOUBLINGS = 6;

    private int failures;
    private long startedAt = System.nanoTime();
    private boolean running;

    void started() {
        startedAt = System.nanoTime();
        running = true;
    }

    /// How often it ended or did not start since it last ran for a while.
    int failures() {
        return failures;
    }

    /// It ended, or did not start: the time to wait.
    Duration next() {
        return next(Duration.ofNanos(System.nanoTime() - startedAt));
    }

    Duration next(Duration ran) {
        if (running && ran.compareTo(A_WHILE) >= 0) {
            failures = 0;
        }
        running = false;
        Duration wait = FIRST.multipliedBy(1L << Math.min(failures, MOST_DOUBLINGS));
        failures++;
        return wait.compareTo(LONGEST) < 0 ? wait : LONGEST;
    }
}
