package hal0.providers.gemini;

/// What a model's name tells of what it takes.
///
/// **Source** thought signatures, media within results and levels of thinking came with Gemini 3:
/// ai.google.dev/gemini-api/docs/thought-signatures,
/// docs.cloud.google.com/vertex-ai/generative-ai/docs/thinking; read 2026-11-21.
enum ModelFamily {
    /// Gemini 1 and 2.
    EARLIER,
    /// Gemini 3 and what followed.
    GEMINI,
    /// Another model behind the same protocol: it is trusted to know all of it.
    OTHER;

    static ModelFamily of(String modelId) {
        String id = GenerateContent.bare(modelId);
        if (!id.startsWith("gemini-")) {
            return OTHER;
        }
        return id.startsWith("gemini-1") || id.startsWith("gemini-2") ? EARLIER : GEMINI;
    }

    /// Whether the first call of a step must be signed.
    boolean needsSignature() {
        return this == GEMINI;
    }

    boolean takesMediaInResults() {
        return this != EARLIER;
    }

    boolean takesResolution() {
        return this != EARLIER;
    }
}
