package hal0.providers.testing;

import hal0.providers.ChatStream;
import hal0.providers.error.ProviderException;
import hal0.providers.event.StreamEvent;
import hal0.providers.event.TurnAccumulator;
import hal0.providers.message.Message;
import hal0.providers.message.Part;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Pulls a stream to its end and keeps what came.
///
/// **Threads** one.
public final class EventRecorder {
    private final List<StreamEvent> events = new ArrayList<>();
    private final TurnAccumulator turn = new TurnAccumulator();
    private @Nullable ProviderException failure;
    private int taken;

    /// Everything that `stream` gives, and its failure if it has one; the stream is closed.
    public static EventRecorder drain(ChatStream stream) {
        EventRecorder recorder = new EventRecorder();
        try (stream) {
            for (StreamEvent e = stream.next(); e != null; e = stream.next()) {
                recorder.events.add(e);
                recorder.turn.add(e);
            }
            if (stream.next() != null) {
                throw new AssertionError("events after the end");
            }
        } catch (ProviderException e) {
            recorder.failure = e;
        }
        return recorder;
    }

    /// The next event that was not taken yet.
    public StreamEvent take() {
        if (taken == events.size()) {
            throw new AssertionError("no more events", failure);
        }
        return events.get(taken++);
    }

    /// Fails when events remain that nobody took.
    public void assertExhausted() {
        if (taken < events.size()) {
            throw new AssertionError("not taken: " + events.subList(taken, events.size()));
        }
    }

    public List<StreamEvent> events() {
        return List.copyOf(events);
    }

    public Message message() {
        return turn.message();
    }

    /// The whole text of the answer.
    public String text() {
        StringBuilder text = new StringBuilder();
        for (Part part : turn.message().parts()) {
            if (part instanceof Part.Text(var piece)) {
                text.append(piece);
            }
        }
        return text.toString();
    }

    public TurnAccumulator turn() {
        return turn;
    }

    public @Nullable ProviderException failure() {
        return failure;
    }
}
