package hal0.relay.key;

import hal0.relay.key.Account.Standing;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;

/// How a limit on a minute is told in headers: in OpenAI's words and in Anthropic's, since clients
/// of either read theirs.
///
/// **Source** `x-ratelimit-limit-requests` and its like, with a reset such as `6s`:
/// platform.openai.com/docs/guides/rate-limits; `anthropic-ratelimit-requests-limit` and its like,
/// with a reset in RFC 3339: docs.anthropic.com/en/api/rate-limits; `x-should-retry`, which the
/// clients of both heed: src/openai/\_base_client.py in openai/openai-python; all read 2026-11-21.
final class RateHeaders {
    private RateHeaders() {}

    /// `what` is `requests` or `tokens`.
    static Map<String, String> of(String what, long limit, Standing standing, Instant now) {
        Instant reset = now.plusSeconds(standing.waitSeconds()).truncatedTo(ChronoUnit.SECONDS);
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("x-ratelimit-limit-" + what, Long.toString(limit));
        headers.put("x-ratelimit-remaining-" + what, Long.toString(standing.left()));
        headers.put("x-ratelimit-reset-" + what, standing.waitSeconds() + "s");
        headers.put("anthropic-ratelimit-" + what + "-limit", Long.toString(limit));
        headers.put("anthropic-ratelimit-" + what + "-remaining", Long.toString(standing.left()));
        headers.put("anthropic-ratelimit-" + what + "-reset", reset.toString());
        return headers;
    }

    /// The same for a request that will never fit.
    static Map<String, String> inVain(Map<String, String> headers) {
        Map<String, String> all = new LinkedHashMap<>(headers);
        all.put("x-should-retry", "false");
        return all;
    }
}
