package hal0.providers.dialect;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What the statuses, types and codes of providers mean.
///
/// **Source** platform.openai.com/docs/guides/error-codes, docs.anthropic.com/en/api/errors,
/// openrouter.ai/docs/api-reference/errors, read 2026-11-21.
final class ErrorWords {
    static final String CONTEXT_LENGTH = "context_length_exceeded";

    enum Kind {
        UNAUTHENTICATED,
        FORBIDDEN,
        UNKNOWN_MODEL,
        RATE_LIMITED,
        OVERLOADED,
        REJECTED
    }

    private static final List<String> TOO_LONG =
            List.of(
                    "context length",
                    "context window",
                    "context size",
                    "prompt is too long",
                    "maximum context");

    private ErrorWords() {}

    /// A page has no codes to go by, only its status.
    static Kind kind(int status, ErrorBody error, boolean page) {
        Kind byCode = page ? null : byCode(error);
        if (byCode != null) {
            return byCode;
        }
        return switch (status) {
            case 401 -> Kind.UNAUTHENTICATED;
            case 402, 403 -> Kind.FORBIDDEN;
            case 404 -> page || error.isEmpty() ? Kind.REJECTED : Kind.UNKNOWN_MODEL;
            case 408, 409, 425 -> Kind.OVERLOADED;
            case 429 -> Kind.RATE_LIMITED;
            default -> status >= 500 ? Kind.OVERLOADED : Kind.REJECTED;
        };
    }

    private static @Nullable Kind byCode(ErrorBody error) {
        String code = error.code() == null ? "" : error.code();
        return switch (code) {
            case "model_not_found" -> Kind.UNKNOWN_MODEL;
            case "invalid_api_key" -> Kind.UNAUTHENTICATED;
            // OpenAI sends it with 429, but waiting does not help.
            case "insufficient_quota" -> Kind.FORBIDDEN;
            default -> null;
        };
    }

    /// The provider's code, in one spelling for the one that callers act on.
    static @Nullable String code(ErrorBody error) {
        String message = error.message() == null ? "" : error.message().toLowerCase(Locale.ROOT);
        if (CONTEXT_LENGTH.equals(error.code())
                || "exceed_context_size_error".equals(error.type())
                || TOO_LONG.stream().anyMatch(message::contains)) {
            return CONTEXT_LENGTH;
        }
        return error.code() != null ? error.code() : error.type();
    }

    /// The status that an error inside a stream would have had; 0 when it does not say.
    static int statusOf(ErrorBody error) {
        int status = error.statusCode();
        if (status >= 400) {
            return status;
        }
        String code = error.code() == null ? "" : error.code();
        int byCode = statusOfWord(code);
        return byCode != 0 ? byCode : statusOfWord(error.type() == null ? "" : error.type());
    }

    private static int statusOfWord(String word) {
        return switch (word) {
            case "authentication_error", "invalid_api_key", "UNAUTHENTICATED" -> 401;
            case "billing_error", "insufficient_quota" -> 402;
            case "permission_error", "PERMISSION_DENIED" -> 403;
            case "not_found_error", "model_not_found", "NOT_FOUND" -> 404;
            case "request_too_large" -> 413;
            case "rate_limit_error", "rate_limit_exceeded", "requests", "tokens" -> 429;
            case "invalid_request_error",
                    "context_length_exceeded",
                    "content_filter",
                    "BadRequestError",
                    "INVALID_ARGUMENT" ->
                    400;
            case "api_error", "server_error", "internal_error", "InternalServerError" -> 500;
            case "timeout_error" -> 504;
            case "overloaded_error", "overloaded", "service_unavailable" -> 529;
            default -> 0;
        };
    }
}
