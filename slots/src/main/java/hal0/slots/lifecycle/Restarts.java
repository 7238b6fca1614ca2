package hal0.slots.lifecycle;

import hal0.slots.lifecycle.SlotState.Next;
import java.time.Duration;

/// When something that died is tried again.
///
/// **Shape** at once the first time, then after 5, 10, 20 and 40 seconds, and then not any more. A
/// run that held for ten minutes makes the next death a first one.
final class Restarts {
    static final Duration HELD = Duration.ofMinutes(10);

    /// An engine that is away is not the fault of what it runs: this does not lead to parking.
    static final Duration ENGINE = Duration.ofSeconds(15);

    /// How soon it is asked for again while others have the room that it needs.
    static final Duration ROOM = Duration.ofSeconds(15);

    static final int MAX = 5;
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(5);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);

    private Restarts() {}

    /// How many deaths in a row this one makes.
    static int crashes(Up up, Duration now) {
        boolean held = now.minus(up.since()).compareTo(HELD) >= 0;
        return (held ? 0 : up.job().crashes()) + 1;
    }

    static Next after(int crashes) {
        return crashes > MAX ? new Next.Parked() : new Next.Retry(pause(crashes));
    }

    static Duration pause(int crashes) {
        if (crashes <= 1) {
            return Duration.ZERO;
        }
        Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(crashes - 2, 30));
        return pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
    }
}
