package hal0.cli.console;

import hal0.home.error.ErrorKind;

/// What the program ends with, for scripts to act on.
public final class ExitCode {
    public static final int DONE = 0;
    public static final int FAILED = 1;
    public static final int USAGE = 2;
    public static final int CONFIGURATION = 3;
    public static final int UPSTREAM = 4;
    public static final int DENIED = 5;
    public static final int BUDGET = 6;

    /// Nothing could be checked, which is no success.
    public static final int SKIPPED = 7;

    public static final int INTERRUPTED = 130;

    private ExitCode() {}

    public static int of(ErrorKind kind) {
        return switch (kind) {
            case CONFIGURATION -> CONFIGURATION;
            case REJECTED,
                    UNAUTHENTICATED,
                    FORBIDDEN,
                    UNKNOWN_MODEL,
                    RATE_LIMITED,
                    OVERLOADED,
                    UNREACHABLE,
                    TIMED_OUT,
                    BAD_STREAM ->
                    UPSTREAM;
            case CANCELLED -> INTERRUPTED;
            case BUDGET -> BUDGET;
            case INTERNAL -> FAILED;
        };
    }
}
