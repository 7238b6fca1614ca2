package hal0.relay.error;

import hal0.home.error.ErrorKind;

/// What a provider's status means for the ledger.
public final class StatusKind {
    private StatusKind() {}

    public static ErrorKind of(int status) {
        return switch (status) {
            case 401 -> ErrorKind.UNAUTHENTICATED;
            case 402, 403 -> ErrorKind.FORBIDDEN;
            case 404 -> ErrorKind.UNKNOWN_MODEL;
            case 429 -> ErrorKind.RATE_LIMITED;
            case 408, 504 -> ErrorKind.TIMED_OUT;
            case 409, 529 -> ErrorKind.OVERLOADED;
            default -> status >= 500 ? ErrorKind.OVERLOADED : ErrorKind.REJECTED;
        };
    }
}
