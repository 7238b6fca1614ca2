package hal0.home.memory;

import org.jspecify.annotations.Nullable;

/// Texts that did not become vectors; the message says why in words for people.
public final class EmbedderException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final boolean refused;

    private EmbedderException(boolean refused, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.refused = refused;
    }

    /// The model does not take these texts, and will not take them later either.
    public static EmbedderException refused(String message, @Nullable Throwable cause) {
        return new EmbedderException(true, message, cause);
    }

    /// The model cannot be asked now.
    public static EmbedderException unavailable(String message, @Nullable Throwable cause) {
        return new EmbedderException(false, message, cause);
    }

    /// Whether it is the texts' fault.
    public boolean isRefused() {
        return refused;
    }
}
