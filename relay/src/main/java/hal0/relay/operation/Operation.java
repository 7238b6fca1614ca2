package hal0.relay.operation;

import hal0.relay.routing.Kind;
import java.util.Locale;

/// What a model is asked for where it is no conversation, each with its path in OpenAI's API.
///
/// **Source** paths under a base URL that ends in `/v1`: src/resources in openai/openai-node (read
/// 2026-11-21); `/rerank` is Cohere's and Jina's, which vLLM and llama.cpp serve too.
public enum Operation {
    COMPLETIONS("/completions", "OpenAI's older completions."),
    EMBEDDINGS("/embeddings", "Vectors of texts."),
    RERANK("/rerank", "Documents by how well they fit a question."),
    MODERATIONS("/moderations", "Whether a text may be said."),
    IMAGE_GENERATIONS("/images/generations", "Pictures from a text."),
    IMAGE_EDITS("/images/edits", "Pictures from pictures and a text."),
    IMAGE_VARIATIONS("/images/variations", "Pictures like a picture."),
    SPEECH("/audio/speech", "Speech from a text."),
    TRANSCRIPTIONS("/audio/transcriptions", "What is said in a recording."),
    TRANSLATIONS("/audio/translations", "What is said in a recording, in English.");

    private final String path;
    private final String about;

    Operation(String path, String about) {
        this.path = path;
        this.about = about;
    }

    /// The path under a provider's base URL.
    public String path() {
        return path;
    }

    /// What it gives, for who programs against it.
    public String about() {
        return about;
    }

    /// Whether its request may be a form with files.
    public boolean takesForms() {
        return switch (this) {
            case IMAGE_EDITS, IMAGE_VARIATIONS, TRANSCRIPTIONS, TRANSLATIONS -> true;
            case COMPLETIONS, EMBEDDINGS, RERANK, MODERATIONS, IMAGE_GENERATIONS, SPEECH -> false;
        };
    }

    /// Whether its answer comes piece by piece even where nobody asked for a stream.
    public boolean answersAsItGoes() {
        return this == SPEECH;
    }

    /// What routing takes it for.
    public Kind kind() {
        return switch (this) {
            case COMPLETIONS -> Kind.CHAT;
            case EMBEDDINGS -> Kind.EMBEDDINGS;
            case RERANK -> Kind.RERANK;
            case MODERATIONS -> Kind.MODERATION;
            case IMAGE_GENERATIONS, IMAGE_EDITS, IMAGE_VARIATIONS -> Kind.IMAGES;
            case SPEECH -> Kind.SPEECH;
            case TRANSCRIPTIONS, TRANSLATIONS -> Kind.TRANSCRIPTION;
        };
    }

    /// Its name for people.
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
