package hal0.providers.dialect;

import hal0.providers.event.StreamEvent;
import hal0.providers.sse.SseFrame;
import java.util.function.Consumer;

/// Turns one answer into events.
///
/// **Errors** [hal0.providers.error.ProviderException]: what the answer reports, or `BadStream`
/// when it breaks the protocol. **Threads** one.
public interface AnswerDecoder {

    enum State {
        /// More must follow.
        OPEN,
        /// The answer is whole; numbers may follow.
        COMPLETE,
        /// The answer is whole and counted; the end marker should follow, numbers may once more.
        COUNTED,
        /// `Done` was given.
        DONE
    }

    /// Reads one event of a stream.
    void frame(SseFrame frame, Consumer<StreamEvent> out);

    /// Reads an answer that came in one piece, `Done` included.
    void whole(byte[] body, Consumer<StreamEvent> out);

    /// The stream is over: `Done`, or `BadStream` when it was not whole.
    void end(Consumer<StreamEvent> out);

    State state();
}
