package hal0.providers.dialect;

import hal0.providers.Provider;
import hal0.providers.error.Failure;
import hal0.providers.error.ProviderException;
import hal0.providers.http.Headers;
import hal0.providers.sse.SseFrame;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Tells the errors of one call apart and says them in words.
///
/// **Threads** any; immutable.
public final class AnswerErrors {
    private static final int MESSAGE_LIMIT = 600;

    private static final String OVER_BUDGET = "budget.exceeded";

    private final Provider provider;
    private final String model;
    private final Redaction redaction;
    private final InstantSource clock;

    /// **Shape** `secrets` are the keys that were sent: a provider may echo them.
    public AnswerErrors(
            Provider provider, String model, List<String> secrets, InstantSource clock) {
        this.provider = provider;
        this.model = model;
        this.redaction = new Redaction(secrets);
        this.clock = clock;
    }

    /// The error that a whole answer stands for, whose status is not one of success.
    public ProviderException answered(int status, Headers headers, byte[] body) {
        Failure failure = failure(status, requestId(headers), body, 0, body.length);
        if (status >= 300 && status < 400) {
            return redirected(status, headers, failure);
        }
        ErrorBody error = ErrorBody.parse(body, 0, body.length);
        boolean page = isPage(headers, body);
        String why =
                page
                        ? "it answered a web page instead of JSON; check base_url " + baseUrl()
                        : why(error, body);
        Duration named = RetryDelay.of(headers, clock.instant());
        Duration delay = named != null ? named : error.delay();
        return told(new Told(status, error, why, page, delay), failure);
    }

    /// An error that came inside a stream which had begun well.
    public ProviderException inStream(ErrorBody error, SseFrame frame) {
        Failure failure = failure(200, null, frame.bytes(), frame.offset(), frame.length());
        byte[] body = frame.data().getBytes(StandardCharsets.UTF_8);
        int status = ErrorWords.statusOf(error);
        String why = why(error, body);
        if (status == 0) {
            return new ProviderException.BadStream(
                    "%s ended the answer with an error: %s".formatted(provider.id(), why),
                    failure,
                    null);
        }
        return told(new Told(status, error, why, false, error.delay()), failure);
    }

    /// An error in a whole answer of status 200.
    public ProviderException inBody(ErrorBody error, byte[] body) {
        return inStream(error, new SseFrame(null, body, 0, body.length, null, -1, true));
    }

    /// The answer is not what the protocol says.
    public ProviderException bad(
            String what, byte[] bytes, int offset, int length, @Nullable Throwable cause) {
        String start = redaction.line(redaction.excerpt(bytes, offset, length), 120);
        String message =
                "%s: %s%s".formatted(provider.id(), what, start.isEmpty() ? "" : ": " + start);
        return new ProviderException.BadStream(
                message, failure(200, null, bytes, offset, length), cause);
    }

    /// The answer stopped before it was whole.
    public ProviderException cut() {
        return new ProviderException.BadStream(
                "%s: the answer was cut off: the stream ended without its end marker. Try again."
                        .formatted(provider.id()),
                new Failure(provider.id(), model, 200, null, null),
                null);
    }

    /// A success that is a web page.
    public ProviderException page(int status, byte[] body) {
        return new ProviderException.BadStream(
                "%s answered a web page instead of JSON (%d). Check base_url %s"
                        .formatted(provider.id(), status, baseUrl()),
                failure(status, null, body, 0, body.length),
                null);
    }

    /// A request that this protocol cannot express.
    public ProviderException inexpressible(String what) {
        return new ProviderException.Rejected(
                "%s was not called: %s".formatted(provider.id(), what),
                Failure.unanswered(provider.id(), model),
                "unsupported");
    }

    private record Told(
            int status, ErrorBody error, String why, boolean page, @Nullable Duration delay) {}

    private ProviderException told(Told told, Failure failure) {
        String id = provider.id();
        String why = " (" + told.status + "): " + told.why;
        // Some sentences have their full stop, and another follows.
        String clause = why.endsWith(".") ? why.substring(0, why.length() - 1) : why;
        if (isOverBudget(told.error)) {
            // Another hal0 said it, in words for people.
            return new ProviderException.OverBudget(told.why, failure);
        }
        return switch (ErrorWords.kind(told.status, told.error, told.page)) {
            case UNAUTHENTICATED ->
                    new ProviderException.Unauthenticated(
                            "%s refused the key%s. %s".formatted(id, clause, keyAdvice()), failure);
            case FORBIDDEN ->
                    new ProviderException.Forbidden(
                            "%s does not let this key do that%s".formatted(id, why), failure);
            case UNKNOWN_MODEL ->
                    new ProviderException.UnknownModel(unknown(told.error, why, clause), failure);
            case RATE_LIMITED ->
                    new ProviderException.RateLimited(
                            "%s limits the rate%s%s".formatted(id, clause, after(told.delay)),
                            failure,
                            told.delay);
            case OVERLOADED ->
                    new ProviderException.Overloaded(
                            "%s cannot serve now%s%s".formatted(id, clause, after(told.delay)),
                            failure,
                            told.delay);
            case REJECTED ->
                    new ProviderException.Rejected(
                            "%s rejected the request%s%s"
                                    .formatted(id, model.isEmpty() ? "" : " for " + model, why),
                            failure,
                            ErrorWords.code(told.error));
        };
    }

    /// Whoever speaks of no model may mean that there is no such path.
    private String unknown(ErrorBody error, String why, String clause) {
        String id = provider.id();
        if (model.isEmpty()) {
            return "%s has no such page%s. Check base_url %s".formatted(id, clause, baseUrl());
        }
        String said = (error.message() + " " + error.code()).toLowerCase(Locale.ROOT);
        return said.contains("model")
                ? "%s does not know the model %s%s".formatted(id, model, why)
                : "%s does not know the model %s%s. Check its name, and base_url %s"
                        .formatted(id, model, clause, baseUrl());
    }

    private static boolean isOverBudget(ErrorBody error) {
        String message = error.message();
        return OVER_BUDGET.equals(error.code())
                || (message != null && message.startsWith(OVER_BUDGET + ":"));
    }

    private static String after(@Nullable Duration delay) {
        return delay == null
                ? ". Try again later."
                : String.format(Locale.ROOT, ". Try again in %.0f s.", delay.toMillis() / 1000.0);
    }

    private String keyAdvice() {
        return provider.keyNames().isEmpty()
                ? "Check the key of this provider."
                : "Check the value of %s in the environment or in api.env."
                        .formatted(String.join(" or ", provider.keyNames()));
    }

    private ProviderException redirected(int status, Headers headers, Failure failure) {
        // A query may hold what is nobody's business.
        String to = headers.find("location").orElse("elsewhere");
        int query = to.indexOf('?');
        String target = redaction.line(query < 0 ? to : to.substring(0, query), 300);
        return new ProviderException.Rejected(
                "%s redirects the call (%d) to %s, which is not followed because the key would go along. If that is right, change base_url %s accordingly."
                        .formatted(provider.id(), status, target, baseUrl()),
                failure,
                "redirect");
    }

    private String why(ErrorBody error, byte[] body) {
        String text = error.message();
        if (text == null || text.isBlank()) {
            text = error.code() != null ? error.code() : error.type();
        }
        if (text == null || text.isBlank()) {
            text = new String(body, 0, Math.min(body.length, 1000), StandardCharsets.UTF_8);
        }
        String line = redaction.line(text, MESSAGE_LIMIT);
        return line.isEmpty() ? "no reason given" : line;
    }

    /// Without what may stand before an @ or after a question mark.
    private String baseUrl() {
        var url = provider.baseUrl();
        String port = url.getPort() < 0 ? "" : ":" + url.getPort();
        return url.getScheme() + "://" + url.getHost() + port + url.getPath();
    }

    private static boolean isPage(Headers headers, byte[] body) {
        String type = headers.find("content-type").orElse("").toLowerCase(Locale.ROOT);
        return type.contains("html") || (!type.contains("json") && startsWithTag(body));
    }

    static boolean startsWithTag(byte[] body) {
        for (byte b : body) {
            if (b > ' ' || b < 0) {
                return b == '<';
            }
        }
        return false;
    }

    private static @Nullable String requestId(Headers headers) {
        return headers.find("x-request-id").or(() -> headers.find("request-id")).orElse(null);
    }

    private Failure failure(
            int status, @Nullable String requestId, byte[] bytes, int offset, int length) {
        String excerpt = length == 0 ? null : redaction.excerpt(bytes, offset, length);
        String id = requestId == null ? null : redaction.line(requestId, 100);
        return new Failure(provider.id(), model, status, id, excerpt);
    }
}
