package hal0.providers.probe;

import hal0.providers.error.Hop;
import hal0.providers.error.ProviderException;

/// How far a call to a provider got. `word` is for programs.
public enum Reach {
    NOT_TRIED("not_tried"),
    /// It lives inside this program.
    IN_PROCESS("in_process"),
    /// It answered, whatever it said.
    ANSWERED("yes"),
    NO_SUCH_HOST("dns"),
    PROXY_FAILED("proxy"),
    NO_CONNECTION("connect"),
    TLS_FAILED("tls"),
    HUNG_UP("hung_up"),
    TIMED_OUT("timeout");

    private final String word;

    Reach(String word) {
        this.word = word;
    }

    public String word() {
        return word;
    }

    /// How far the call that failed this way got.
    static Reach of(ProviderException failure) {
        return switch (failure) {
            case ProviderException.Unreachable unreachable -> of(unreachable.hop());
            case ProviderException.TimedOut _ -> TIMED_OUT;
            case ProviderException.Cancelled _,
                    ProviderException.Misconfigured _,
                    ProviderException.NotReady _,
                    ProviderException.OverBudget _ ->
                    NOT_TRIED;
            case ProviderException.Rejected _ ->
                    // Without a status it was refused here, before it was sent.
                    failure.failure().status() == 0 ? NOT_TRIED : ANSWERED;
            case ProviderException.Unauthenticated _,
                    ProviderException.Forbidden _,
                    ProviderException.UnknownModel _,
                    ProviderException.RateLimited _,
                    ProviderException.Overloaded _,
                    ProviderException.BadStream _ ->
                    ANSWERED;
        };
    }

    private static Reach of(Hop hop) {
        return switch (hop) {
            case NAME -> NO_SUCH_HOST;
            case PROXY -> PROXY_FAILED;
            case CONNECTION -> NO_CONNECTION;
            case TLS -> TLS_FAILED;
            case ANSWER -> HUNG_UP;
        };
    }
}
