package hal0.relay.forward;

import hal0.providers.error.Retry;
import hal0.providers.http.Headers;
import java.time.Duration;
import java.util.Optional;

/// Which statuses of a provider are worth another try, and when.
final class RetryRule {
    private RetryRule() {}

    static Retry of(int status, Headers headers) {
        boolean passing = status == 408 || status == 409 || status == 429 || status >= 500;
        if (!passing || status == 501 || status == 505) {
            return new Retry.Never();
        }
        return headers.find("Retry-After")
                .flatMap(RetryRule::seconds)
                .<Retry>map(Retry.After::new)
                .orElseGet(Retry.Backoff::new);
    }

    /// A Retry-After that is a date is rare here and left to the back-off.
    private static Optional<Duration> seconds(String value) {
        try {
            return Optional.of(
                    Duration.ofMillis((long) (1000 * Double.parseDouble(value.strip()))));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }
}
