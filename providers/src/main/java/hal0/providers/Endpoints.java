package hal0.providers;

import org.jspecify.annotations.Nullable;

/// Paths under a provider's base URL that are not those of its protocol; null where they are.
///
/// **Shape** each begins with a slash; in `chat` `{model}` and `{method}` (`generateContent` or
/// `streamGenerateContent`) are filled in, which Gemini's protocol needs.
public record Endpoints(@Nullable String chat, @Nullable String models, @Nullable String health) {
    public static final Endpoints USUAL = new Endpoints(null, null, null);
}
