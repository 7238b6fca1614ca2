package hal0.providers.gemini;

import com.fasterxml.jackson.core.JsonGenerator;
import hal0.providers.dialect.AnswerHead;
import hal0.providers.dialect.AnswerWriter;
import hal0.providers.dialect.EventBody;
import hal0.providers.dialect.WireError;
import hal0.providers.event.StopReason;
import hal0.providers.event.StreamEvent;
import hal0.providers.event.Usage;
import hal0.providers.message.Part;
import hal0.providers.message.Protocol;
import hal0.providers.sse.SseWriter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Writes an answer as `GenerateContentResponse`, whole or in pieces.
///
/// **Shape** a call goes out whole, when its arguments are; what comes behind a call that is not
/// whole waits for it. Numbers stand in every piece once they are known, the reason of the end in
/// the last one. An answer that was refused before its first word is a blocked prompt. **Source**
/// as [ContentGrammar]. **Threads** one.
final class ContentAnswer implements AnswerWriter {
    private final AnswerHead head;
    private final EventBody body = new EventBody();
    private final PendingParts parts = new PendingParts();
    private boolean spoke;
    private boolean thinking;
    private @Nullable Usage usage;

    ContentAnswer(AnswerHead head) {
        this.head = head;
    }

    @Override
    public void write(StreamEvent event, SseWriter out) throws IOException {
        List<AnswerPiece> ready = new ArrayList<>();
        StreamEvent.Done done = take(event, ready);
        if (!ready.isEmpty() || done != null) {
            StopReason end = done == null ? null : done.reason();
            body.send(null, out, json -> piece(json, ready, end));
        }
    }

    /// Collects what can be said now; the end, if it is that.
    private StreamEvent.@Nullable Done take(StreamEvent event, List<AnswerPiece> ready) {
        switch (event) {
            case StreamEvent.Started _ -> {}
            case StreamEvent.TextDelta(var text) -> parts.add(new AnswerPiece.Text(text), ready);
            case StreamEvent.ThinkingDelta(var text) ->
                    parts.add(new AnswerPiece.Thought(text, null), ready);
            case StreamEvent.ThinkingSignature(var signature) ->
                    parts.add(new AnswerPiece.Signature(signature, thinking), ready);
            // Another provider's secret, which this protocol has no place for.
            case StreamEvent.RedactedThinking _ -> {}
            case StreamEvent.OpaquePart(Part.Opaque(var origin, var json)) -> {
                if (origin == Protocol.GEMINI) {
                    parts.add(new AnswerPiece.Opaque(json), ready);
                }
            }
            case StreamEvent.ToolCallDelta delta -> parts.add(delta, ready);
            case StreamEvent.UsageReport(var report) -> usage = report;
            case StreamEvent.Done done -> {
                parts.end(ready);
                return done;
            }
        }
        if (event.isContent()) {
            thinking = event instanceof StreamEvent.ThinkingDelta;
        }
        return null;
    }

    @Override
    public void fail(WireError error, SseWriter out) throws IOException {
        byte[] json = WireErrors.write(error);
        out.write(null, json, 0, json.length);
    }

    @Override
    public byte[] whole(List<StreamEvent> events) {
        List<AnswerPiece> all = new ArrayList<>();
        StopReason reason = StopReason.END;
        for (StreamEvent event : events) {
            StreamEvent.Done done = take(event, all);
            if (done != null) {
                reason = done.reason();
            }
        }
        StopReason end = reason;
        return EventBody.of(json -> piece(json, AnswerPiece.joined(all), end));
    }

    private void piece(JsonGenerator json, List<AnswerPiece> ready, @Nullable StopReason end)
            throws IOException {
        spoke |= !ready.isEmpty();
        if (end == StopReason.REFUSAL && !spoke) {
            json.writeObjectFieldStart("promptFeedback");
            json.writeStringField("blockReason", "SAFETY");
            json.writeEndObject();
        } else {
            candidate(json, ready, end);
        }
        if (usage != null) {
            UsageMetadata.write(json, usage);
        }
        json.writeStringField("modelVersion", head.model());
        json.writeStringField("responseId", head.id());
    }

    private static void candidate(
            JsonGenerator json, List<AnswerPiece> ready, @Nullable StopReason end)
            throws IOException {
        json.writeArrayFieldStart("candidates");
        json.writeStartObject();
        json.writeObjectFieldStart("content");
        json.writeArrayFieldStart("parts");
        if (ready.isEmpty()) {
            PartJson.text(json, "");
        }
        for (AnswerPiece piece : ready) {
            piece.write(json);
        }
        json.writeEndArray();
        json.writeStringField("role", "model");
        json.writeEndObject();
        if (end != null) {
            json.writeStringField("finishReason", word(end));
        }
        json.writeNumberField("index", 0);
        json.writeEndObject();
        json.writeEndArray();
    }

    private static String word(StopReason reason) {
        return switch (reason) {
            case END, TOOL_CALLS, STOP_SEQUENCE -> "STOP";
            case LENGTH -> "MAX_TOKENS";
            case REFUSAL -> "SAFETY";
            case PAUSE, OTHER -> "OTHER";
        };
    }
}
