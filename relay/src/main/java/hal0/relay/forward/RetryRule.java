package hal0.relay.forward;

import hal0.providers.dialect.AnswerErrors;
import hal0.providers.error.ProviderException;
import hal0.providers.http.UpstreamResponse;
import hal0.relay.rescue.Fault;
import org.jspecify.annotations.Nullable;

/// Which statuses of a provider are worth another try: with another key, or later.
final class RetryRule {
    private static final byte[] UNREAD = {};

    private RetryRule() {}

    /// The failure that an answer stands for, or null where no other try can help. The body stays
    /// unread: it is the client's when nobody tries again.
    static @Nullable ProviderException failure(UpstreamResponse response, AnswerErrors errors) {
        int status = response.status();
        return mayPass(status) ? errors.answered(status, response.headers(), UNREAD) : null;
    }

    private static boolean mayPass(int status) {
        return switch (status) {
            case 401, 408, 409, 429 -> true;
            default -> status >= 500 && !Fault.isFinal(status);
        };
    }
}
