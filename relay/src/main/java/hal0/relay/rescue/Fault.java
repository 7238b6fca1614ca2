package hal0.relay.rescue;

import hal0.providers.error.Clock;
import hal0.providers.error.ProviderException;
import java.util.List;
import java.util.Locale;

/// Whose fault a failed call is, as far as it decides who is asked next.
public enum Fault {
    /// The target's, and it may pass: connection, reset, 408, 409, 5xx, an answer that is none.
    PASSING,
    /// The key's limit (429): passes with time, at once with another key.
    LIMIT,
    /// The key's (401): another key, or another target.
    KEY,
    /// The target's, and it stays: 403, 404, no first word in time, not to be called as declared, a
    /// slot that is not ready, which was waited for already.
    LASTING,
    /// The request is longer than the model's context.
    LENGTH,
    /// The caller's: every target would say the same, or ought to.
    CALLERS;

    private static final String TOO_LONG = "context_length_exceeded";

    /// The words of those that refuse for what a request says, whatever status they give it.
    ///
    /// **Source** `content_filter` with 400 and "content management policy": openai/openai-python
    /// issue 331; 403 with "requires moderation and your input was flagged":
    /// openrouter.ai/docs/api/reference/errors-and-debugging, with `flagged_input` beside it; read
    /// 2026-11-21. `bio_policy`: as for the dialect's words of errors.
    private static final List<String> POLICY =
            List.of(
                    "content_filter",
                    "content_policy",
                    "content management policy",
                    "requires moderation",
                    "flagged_input",
                    "bio_policy");

    public static Fault of(ProviderException failure) {
        return switch (failure) {
            case ProviderException.Rejected rejected -> rejected(rejected);
            case ProviderException.Unauthenticated _ -> KEY;
            case ProviderException.Forbidden _ -> isPolicy(failure) ? CALLERS : LASTING;
            case ProviderException.UnknownModel _,
                    ProviderException.Misconfigured _,
                    ProviderException.NotReady _ ->
                    LASTING;
            case ProviderException.RateLimited _ -> LIMIT;
            case ProviderException.Overloaded _ ->
                    isFinal(failure.failure().status()) ? LASTING : PASSING;
            case ProviderException.Unreachable _, ProviderException.BadStream _ -> PASSING;
            case ProviderException.TimedOut timedOut ->
                    timedOut.clock() == Clock.CONNECT ? PASSING : LASTING;
            case ProviderException.OverBudget _, ProviderException.Cancelled _ -> CALLERS;
        };
    }

    private static Fault rejected(ProviderException.Rejected rejected) {
        int status = rejected.failure().status();
        if (TOO_LONG.equals(rejected.code())) {
            return LENGTH;
        }
        // It was not called, is elsewhere, or has no such page: another one may do.
        return status == 0 || status == 404 || (status >= 300 && status < 400) ? LASTING : CALLERS;
    }

    /// Whether a server that gives that status will give it again: what it does not know how to do
    /// at all it will not know in a moment, and what leads in a circle (508) is sent around it once
    /// more by every repetition.
    public static boolean isFinal(int status) {
        return status == 501 || status == 505 || status == 508;
    }

    private static boolean isPolicy(ProviderException failure) {
        String excerpt = failure.failure().excerpt();
        String said = (failure.getMessage() + " " + excerpt).toLowerCase(Locale.ROOT);
        return POLICY.stream().anyMatch(said::contains);
    }

    /// Whether the call went out at all: not without a key, nor where the protocol or the script of
    /// the target cannot say what was asked.
    public static boolean wasCalled(ProviderException failure) {
        return failure.failure().status() != 0
                || !(failure instanceof ProviderException.Unauthenticated
                        || failure instanceof ProviderException.Misconfigured
                        || failure instanceof ProviderException.NotReady
                        || failure instanceof ProviderException.Rejected);
    }

    /// What a failure says of the health of its target.
    public enum Health {
        WELL,
        ILL,
        /// Nothing was learned.
        UNKNOWN
    }

    /// **Shape** whoever refuses a request, a key or a model is well, and so is who limits a rate:
    /// others may still get through.
    public static Health health(ProviderException failure) {
        boolean answered = failure.failure().status() != 0;
        return switch (failure) {
            case ProviderException.Cancelled _,
                    ProviderException.OverBudget _,
                    ProviderException.Misconfigured _,
                    ProviderException.NotReady _ ->
                    Health.UNKNOWN;
            case ProviderException.TimedOut _,
                    ProviderException.BadStream _,
                    ProviderException.Unreachable _,
                    ProviderException.Overloaded _ ->
                    Health.ILL;
            case ProviderException.Rejected _,
                    ProviderException.Unauthenticated _,
                    ProviderException.Forbidden _,
                    ProviderException.UnknownModel _,
                    ProviderException.RateLimited _ ->
                    answered ? Health.WELL : Health.UNKNOWN;
        };
    }
}
