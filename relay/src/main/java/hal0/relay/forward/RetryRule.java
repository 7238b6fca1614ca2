package hal0.relay.forward;

import hal0.providers.dialect.AnswerErrors;
import hal0.providers.error.Retry;
import hal0.providers.http.UpstreamResponse;

/// Which statuses of a provider are worth another try, and when.
final class RetryRule {
    private static final byte[] UNREAD = {};

    private RetryRule() {}

    /// The body stays unread: it is the client's when nobody tries again.
    static Retry of(UpstreamResponse response, AnswerErrors errors) {
        int status = response.status();
        return mayPass(status)
                ? errors.answered(status, response.headers(), UNREAD).retry()
                : new Retry.Never();
    }

    private static boolean mayPass(int status) {
        return switch (status) {
            case 408, 409, 429 -> true;
            case 501, 505 -> false;
            default -> status >= 500;
        };
    }
}
