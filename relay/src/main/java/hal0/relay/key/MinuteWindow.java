package hal0.relay.key;

/// How much there was in the last minute, in steps of a second.
///
/// **Shape** the sum covers 60 to 61 seconds, so that no 60 seconds ever hold more than a limit on
/// it. **Threads** one at a time.
final class MinuteWindow {
    private static final int SECONDS = 61;

    private final long[] amounts = new long[SECONDS];
    private final long[] seconds = new long[SECONDS];

    void add(long second, long amount) {
        int at = at(second);
        if (seconds[at] != second) {
            seconds[at] = second;
            amounts[at] = 0;
        }
        amounts[at] += amount;
    }

    /// Nothing where that second is long past.
    void takeBack(long second, long amount) {
        if (seconds[at(second)] == second) {
            amounts[at(second)] -= amount;
        }
    }

    long sum(long second) {
        long sum = 0;
        for (int i = 0; i < SECONDS; i++) {
            if (isIn(i, second)) {
                sum += amounts[i];
            }
        }
        return sum;
    }

    /// After how many seconds no more than `most` is left of what there is.
    long secondsUntil(long second, long most) {
        long left = sum(second);
        for (long ago = SECONDS - 1; ago >= 0 && left > most; ago--) {
            int at = at(second - ago);
            if (seconds[at] == second - ago) {
                left -= amounts[at];
            }
            if (left <= most) {
                return SECONDS - ago;
            }
        }
        return left <= most ? 0 : SECONDS;
    }

    private boolean isIn(int at, long second) {
        return seconds[at] > second - SECONDS && seconds[at] <= second;
    }

    private static int at(long second) {
        return (int) Math.floorMod(second, (long) SECONDS);
    }
}
