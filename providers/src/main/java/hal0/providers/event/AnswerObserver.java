package hal0.providers.event;

import hal0.providers.error.ProviderException;
import hal0.providers.sse.SseFrame;
import org.jspecify.annotations.Nullable;

/// Watches an answer that passes by unchanged, and knows what the ledger wants to know.
///
/// **Shape** shown the events of a stream, or one whole body, not encoded. What it cannot read is
/// no fault of the answer: then it knows less. **Threads** one.
public interface AnswerObserver {

    /// The next event of a stream.
    void frame(SseFrame frame);

    /// The body of an answer that is not a stream.
    void whole(byte[] body);

    /// Whether a body that is not a stream is shown to [#piece] as it comes, and nothing of it
    /// kept; `whole` then ends it with no more bytes.
    default boolean takesPieces() {
        return false;
    }

    /// The next bytes of a body that is not a stream; only where [#takesPieces] says so.
    default void piece(byte[] bytes, int offset, int length) {
        throw new UnsupportedOperationException("this observer takes whole bodies");
    }

    /// Whether a stream without its end marker was cut, however orderly its connection ended.
    default boolean endsWithMarker() {
        return true;
    }

    /// What the provider counted so far, or null when it has not.
    @Nullable Usage usage();

    /// The model that the answer names, or null.
    @Nullable String model();

    /// Whether text, a thought or a tool call has passed.
    boolean hasContent();

    /// Whether the answer is whole: its finish reason or its end marker has passed.
    boolean isComplete();

    /// Whether its end marker has passed, after which nothing follows; a finish reason alone is
    /// none.
    boolean isEnded();

    /// What the answer reports as its own failure, or how it broke its protocol; else null.
    @Nullable ProviderException failure();
}
