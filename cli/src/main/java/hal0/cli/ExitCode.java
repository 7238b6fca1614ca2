package hal0.cli;

import hal0.home.error.ErrorKind;

/// What the program ends with, for scripts to act on.
final class ExitCode {
    static final int DONE = 0;
    static final int FAILED = 1;
    static final int USAGE = 2;
    static final int CONFIGURATION = 3;
    static final int UPSTREAM = 4;
    static final int INTERRUPTED = 130;

    private ExitCode() {}

    static int of(ErrorKind kind) {
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
            case INTERNAL -> FAILED;
        };
    }
}
