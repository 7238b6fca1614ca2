package hal0.providers.dialect;

import hal0.providers.event.StreamEvent;
import hal0.providers.sse.SseWriter;
import java.io.IOException;
import java.util.List;

/// Writes one answer to a client, as a stream or whole.
///
/// **Shape** events in the order that [StreamEvent] promises. Nothing is flushed. **Threads** one.
public interface AnswerWriter {

    /// Writes what one event stands for; that may be nothing, or several events of the protocol.
    void write(StreamEvent event, SseWriter out) throws IOException;

    /// Ends a stream that failed after its head: the protocol's error event, and no success marker.
    void fail(WireError error, SseWriter out) throws IOException;

    /// The whole answer that these events make, as one body.
    byte[] whole(List<StreamEvent> events);
}
