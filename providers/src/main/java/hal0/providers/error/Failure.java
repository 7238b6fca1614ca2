package hal0.providers.error;

import org.jspecify.annotations.Nullable;

/// The circumstances of a failed call.
///
/// **Shape** `status` is 0 when no answer came; `excerpt` is the start of the provider's body, at
/// most 2 KiB, without secrets and without terminal control characters.
public record Failure(
        String provider,
        String model,
        int status,
        @Nullable String requestId,
        @Nullable String excerpt) {

    public static final int EXCERPT_LIMIT = 2048;

    /// A call that never got an answer.
    public static Failure unanswered(String provider, String model) {
        return new Failure(provider, model, 0, null, null);
    }
}
