package hal0.relay.routing;

import org.jspecify.annotations.Nullable;

/// What a request asks of a model: the family of paths that it came by.
public enum Kind {
    CHAT("chat"),
    EMBEDDINGS("embed"),
    RERANK("rerank"),
    SPEECH("tts"),
    TRANSCRIPTION("stt"),
    IMAGES("img"),
    MODERATION(null);

    private final @Nullable String capability;

    Kind(@Nullable String capability) {
        this.capability = capability;
    }

    /// The word of `[capabilities]` whose slot serves it; null when no slot does.
    public @Nullable String capability() {
        return capability;
    }
}
