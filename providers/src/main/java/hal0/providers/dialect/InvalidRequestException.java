package hal0.providers.dialect;

import org.jspecify.annotations.Nullable;

/// A client's request that its own protocol would refuse, or that asks for what cannot be had.
public final class InvalidRequestException extends Exception {
    private final @Nullable String place;

    /// `place` is where in the request, as in `messages[2].content`; null for the whole of it.
    public InvalidRequestException(@Nullable String place, String message) {
        super(message);
        this.place = place;
    }

    public @Nullable String place() {
        return place;
    }
}
