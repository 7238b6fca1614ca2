package hal0.home.error;

/// What went wrong, in the words that every edge of the program translates from.
///
/// **Shape** one constant per distinct thing a user can do about it; an edge (exit code, HTTP
/// status, banner) maps all of them in one exhaustive `switch`.
public enum ErrorKind {
    /// The configuration cannot be used as written.
    CONFIGURATION,
    /// The provider understood the request and refuses it (400, 422 and the like).
    REJECTED,
    /// The key is missing, wrong or revoked.
    UNAUTHENTICATED,
    /// The key is right but may not do this.
    FORBIDDEN,
    /// No such model at that provider, or no provider has it.
    UNKNOWN_MODEL,
    /// Too many requests; try again after a while.
    RATE_LIMITED,
    /// The provider is up but cannot serve now (5xx).
    OVERLOADED,
    /// It would cost more than the user allows.
    BUDGET,
    /// No connection: name, network, TLS, proxy.
    UNREACHABLE,
    /// A clock ran out; the message names which.
    TIMED_OUT,
    /// The answer is not what the protocol says it is.
    BAD_STREAM,
    /// Somebody asked for it to stop.
    CANCELLED,
    /// A fault of this program.
    INTERNAL
}
