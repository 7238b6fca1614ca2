package hal0.providers.dialect;

import org.jspecify.annotations.Nullable;

/// What the address of a request says that other protocols write into the body: Gemini's model and
/// whether a stream is wanted. Null where the body says it.
public record RequestLine(@Nullable String model, @Nullable Boolean streamed) {
    public static final RequestLine SILENT = new RequestLine(null, null);
}
