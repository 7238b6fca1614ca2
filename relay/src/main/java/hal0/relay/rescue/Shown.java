package hal0.relay.rescue;

import hal0.providers.event.StreamEvent;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What of an answer a client has been shown.
///
/// **Shape** its events with neighbouring pieces of text joined, so that it grows by the text and
/// not by the events. **Threads** one.
public final class Shown {
    private final List<StreamEvent> events = new ArrayList<>();
    private final StringBuilder piece = new StringBuilder();
    private boolean pieceIsThought;
    private final StringBuilder text = new StringBuilder();
    private final StringBuilder thoughts = new StringBuilder();
    private boolean unique;
    private boolean signed;
    private StreamEvent.@Nullable Started started;

    public void add(StreamEvent event) {
        switch (event) {
            case StreamEvent.TextDelta(var more) -> {
                join(more, false);
                text.append(more);
            }
            case StreamEvent.ThinkingDelta(var more) -> {
                join(more, true);
                thoughts.append(more);
            }
            case StreamEvent.Started first -> {
                started = first;
                events.add(first);
            }
            case StreamEvent.ToolCallDelta _, StreamEvent.OpaquePart _ -> {
                unique = true;
                apart(event);
            }
            case StreamEvent.ThinkingSignature _, StreamEvent.RedactedThinking _ -> {
                signed = true;
                apart(event);
            }
            case StreamEvent.UsageReport _, StreamEvent.Done _ -> apart(event);
        }
    }

    private void join(String more, boolean thought) {
        if (pieceIsThought != thought) {
            endPiece();
            pieceIsThought = thought;
        }
        piece.append(more);
    }

    private void apart(StreamEvent event) {
        endPiece();
        events.add(event);
    }

    private void endPiece() {
        if (!piece.isEmpty()) {
            String whole = piece.toString();
            events.add(
                    pieceIsThought
                            ? new StreamEvent.ThinkingDelta(whole)
                            : new StreamEvent.TextDelta(whole));
            piece.setLength(0);
        }
    }

    /// All of it, as a shorter stream that comes to the same.
    public List<StreamEvent> events() {
        endPiece();
        return List.copyOf(events);
    }

    /// All text of the answer, without thoughts.
    public String text() {
        return text.toString();
    }

    String thoughts() {
        return thoughts.toString();
    }

    /// Whether all there is are thoughts that are still going on.
    boolean isOnlyThoughts() {
        return text.toString().isBlank() && !signed;
    }

    /// How the answer named itself, or null.
    public StreamEvent.@Nullable Started started() {
        return started;
    }

    /// Whether another answer could be compared with it: not once a tool call began, or what only
    /// its own provider can say.
    public boolean canBeContinued() {
        return !unique;
    }
}
