package hal0.providers.dialect;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What the statuses, types and codes of providers mean.
///
/// **Source** platform.claude.com/docs/en/api/errors.md and
/// src/anthropic/types/shared/error_type.py in anthropics/anthropic-sdk-python;
/// api/reference/errors-and-debugging.mdx in OpenRouterTeam/docs (numbers as codes, `error_type`);
/// `ResponseError` in resources/responses/responses.d.ts of the npm package openai 6.49.0; all read
/// 2026-11-21. OpenAI's own page of codes could not be opened: its codes are as tests of public
/// clients have them.
final class ErrorWords {
    static final String CONTEXT_LENGTH = "context_length_exceeded";

    /// OpenAI sends it with 429, but waiting does not help.
    private static final String NO_QUOTA = "insufficient_quota";

    /// Google sends it with 400.
    private static final String NO_KEY = "API_KEY_INVALID";

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
                    "maximum context",
                    // Gemini: "The input token count (9) exceeds the maximum number of tokens …".
                    "exceeds the maximum number of tokens");

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
        if (NO_KEY.equals(error.reason())) {
            return Kind.UNAUTHENTICATED;
        }
        String code = error.code() == null ? "" : error.code();
        return switch (code) {
            case "model_not_found" -> Kind.UNKNOWN_MODEL;
            case "invalid_api_key" -> Kind.UNAUTHENTICATED;
            case NO_QUOTA -> Kind.FORBIDDEN;
            // The code was missing at times.
            default -> NO_QUOTA.equals(error.type()) ? Kind.FORBIDDEN : null;
        };
    }

    /// The provider's code, in one spelling for the one that callers act on.
    static @Nullable String code(ErrorBody error) {
        String message = error.message() == null ? "" : error.message().toLowerCase(Locale.ROOT);
        if (CONTEXT_LENGTH.equals(error.code())
                || CONTEXT_LENGTH.equals(error.type())
                || "exceed_context_size_error".equals(error.type())
                || TOO_LONG.stream().anyMatch(message::contains)) {
            return CONTEXT_LENGTH;
        }
        // A number only repeats the status, and a word beside it says more.
        boolean word = error.code() != null && (error.statusCode() == 0 || error.type() == null);
        return word ? error.code() : error.type();
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
            case "authentication_error", "authentication", "invalid_api_key", "UNAUTHENTICATED" ->
                    401;
            case "billing_error", "payment_required", NO_QUOTA -> 402;
            case "permission_error", "permission_denied", "PERMISSION_DENIED" -> 403;
            case "not_found_error", "not_found", "model_not_found", "NOT_FOUND" -> 404;
            case "conflict_error" -> 409;
            case "request_too_large", "payload_too_large" -> 413;
            case "rate_limit_error",
                    "rate_limit_exceeded",
                    "requests",
                    "tokens",
                    "RESOURCE_EXHAUSTED" ->
                    429;
            // Of a Responses answer that failed.
            case "data_residency_mismatch", "bio_policy" -> 403;
            case "vector_store_timeout" -> 504;
            case "server_is_overloaded", "slow_down" -> 503;
            case "invalid_encrypted_content" -> 400;
            case "invalid_request_error",
                    "invalid_request",
                    "invalid_prompt",
                    "context_length_exceeded",
                    "content_filter",
                    "BadRequestError",
                    "INVALID_ARGUMENT",
                    "FAILED_PRECONDITION" ->
                    400;
            case "api_error",
                    "server_error",
                    "server",
                    "internal_error",
                    "InternalServerError",
                    "INTERNAL" ->
                    500;
            case "timeout_error", "DEADLINE_EXCEEDED" -> 504;
            case "provider_unavailable" -> 502;
            case "UNAVAILABLE" -> 503;
            case "overloaded_error", "overloaded", "provider_overloaded", "service_unavailable" ->
                    529;
            // The same: image_too_large, failed_to_download_image, and many more.
            default -> word.contains("image") ? 400 : 0;
        };
    }
}
