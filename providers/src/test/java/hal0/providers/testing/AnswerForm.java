package hal0.providers.testing;

import hal0.providers.event.StopReason;
import hal0.providers.event.StreamEvent;
import hal0.providers.event.TurnAccumulator;
import hal0.providers.event.Usage;
import hal0.providers.message.Part;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the events of an answer come to, however they were cut.
///
/// **Shape** the parts as they go into the conversation, JSON without space, half characters as
/// U+FFFD; the last numbers; the end.
record AnswerForm(
        List<Part> parts, Usage usage, @Nullable StopReason reason, @Nullable String stopSequence) {

    /// **Errors** an assertion when the events break the rules of [StreamEvent].
    static AnswerForm of(List<StreamEvent> events) {
        TurnAccumulator turn = new TurnAccumulator();
        for (int i = 0; i < events.size(); i++) {
            StreamEvent event = events.get(i);
            if (event instanceof StreamEvent.Started && i > 0) {
                throw new AssertionError("starts late or twice: " + events);
            }
            if (event instanceof StreamEvent.Done && i < events.size() - 1) {
                throw new AssertionError("goes on behind its end: " + events);
            }
            if (event instanceof StreamEvent.TextDelta(var text) && text.isEmpty()) {
                throw new AssertionError("an empty piece: " + events);
            }
            turn.add(event);
        }
        List<Part> parts = new ArrayList<>();
        for (Part part : turn.message().parts()) {
            parts.add(normal(part));
        }
        return new AnswerForm(parts, turn.usage(), turn.reason(), turn.stopSequence());
    }

    private static Part normal(Part part) {
        return switch (part) {
            case Part.Text(var text) -> new Part.Text(Canonical.text(text));
            case Part.Thinking(var text, var signature) ->
                    new Part.Thinking(Canonical.text(text), signature);
            case Part.ToolCall(var id, var name, var arguments, var signature) ->
                    new Part.ToolCall(given(id), name, Canonical.arguments(arguments), signature);
            case Part.Opaque(var origin, var json) -> new Part.Opaque(origin, Canonical.json(json));
            case Part.RedactedThinking _,
                    Part.Image _,
                    Part.Document _,
                    Part.Audio _,
                    Part.Cache _,
                    Part.ToolResult _ ->
                    part;
        };
    }

    /// An id that was made up here, for a call without, is the one that the accumulator gives.
    private static String given(String id) {
        boolean made = id.startsWith("hal0_") || id.startsWith("call_" + Spoken.ID);
        return made ? "call" + id.substring(id.lastIndexOf('_')) : id;
    }
}
