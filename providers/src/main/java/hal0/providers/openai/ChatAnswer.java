package hal0.providers.openai;

import com.fasterxml.jackson.core.JsonGenerator;
import hal0.providers.dialect.AnswerHead;
import hal0.providers.dialect.AnswerWriter;
import hal0.providers.dialect.EventBody;
import hal0.providers.dialect.Json;
import hal0.providers.dialect.WireError;
import hal0.providers.event.StopReason;
import hal0.providers.event.StreamEvent;
import hal0.providers.event.TurnAccumulator;
import hal0.providers.event.Usage;
import hal0.providers.message.Part;
import hal0.providers.message.Protocol;
import hal0.providers.sse.SseWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Writes one answer to a client.
///
/// **Shape** what was thought goes out twice, as `reasoning_content`, which most clients show, and
/// in `reasoning_details`, where its signature has a place. Numbers stand in a chunk of their own,
/// and in no other, if the client asked for them. **Source** ChatCompletionChunk and ChatCompletion
/// in resources/chat/completions/completions.d.ts of openai 6.49.0 at npm; `reasoning_content`:
/// packages/deepseek/src/chat/\_\_fixtures\_\_ in vercel/ai; the rest as for [ReasoningDetails].
/// Read 2026-11-21.
final class ChatAnswer implements AnswerWriter {
    private static final byte[] DONE = "[DONE]".getBytes(StandardCharsets.US_ASCII);

    private final AnswerHead head;
    private final EventBody body = new EventBody();
    private final CallStream calls;
    private EventBody.@Nullable Frame frame; // of every chunk but the last
    private @Nullable Usage usage;
    private boolean begun;
    private int thought;
    private boolean thinking;

    ChatAnswer(AnswerHead head) {
        this.head = head;
        calls = new CallStream(head.id());
    }

    @Override
    public void write(StreamEvent event, SseWriter out) throws IOException {
        if (!begun && !(event instanceof StreamEvent.UsageReport)) {
            begun = true;
            delta(
                    out,
                    json -> {
                        json.writeStringField("role", "assistant");
                        json.writeStringField("content", "");
                        json.writeNullField("refusal");
                    });
        }
        switch (event) {
            case StreamEvent.Started _ -> {}
            case StreamEvent.TextDelta(var piece) -> {
                endThought();
                delta(out, json -> json.writeStringField("content", piece));
            }
            case StreamEvent.ThinkingDelta(var piece) -> {
                thinking = true;
                delta(
                        out,
                        json -> {
                            json.writeStringField("reasoning_content", piece);
                            details(json, () -> ReasoningDetails.text(json, piece, null, thought));
                        });
            }
            case StreamEvent.ThinkingSignature(var signature) -> {
                delta(
                        out,
                        json ->
                                details(
                                        json,
                                        () ->
                                                ReasoningDetails.text(
                                                        json, null, signature, thought)));
                thinking = true;
                endThought();
            }
            case StreamEvent.RedactedThinking(var data) -> {
                endThought();
                delta(
                        out,
                        json ->
                                details(
                                        json,
                                        () -> ReasoningDetails.encrypted(json, data, thought)));
                thought++;
            }
            case StreamEvent.OpaquePart(var part) -> opaque(part, out);
            case StreamEvent.ToolCallDelta call -> {
                endThought();
                calls(out, calls.add(call));
            }
            case StreamEvent.UsageReport(var report) -> usage = report;
            case StreamEvent.Done(var reason, _) -> end(reason, out);
        }
    }

    private void endThought() {
        if (thinking) {
            thought++;
            thinking = false;
        }
    }

    private void opaque(Part.Opaque part, SseWriter out) throws IOException {
        endThought();
        if (part.origin() == Protocol.OPENAI) {
            delta(out, json -> details(json, () -> Json.writeRaw(json, part.json())));
        }
    }

    private interface Writing {
        void run() throws IOException;
    }

    private static void details(JsonGenerator json, Writing detail) throws IOException {
        json.writeArrayFieldStart(ReasoningDetails.FIELD);
        detail.run();
        json.writeEndArray();
    }

    /// One in each chunk: there are clients that look at the first only.
    private void calls(SseWriter out, List<CallStream.Element> elements) throws IOException {
        for (CallStream.Element element : elements) {
            delta(
                    out,
                    json -> {
                        json.writeArrayFieldStart("tool_calls");
                        element.write(json);
                        json.writeEndArray();
                    });
        }
    }

    private void delta(SseWriter out, EventBody.Fields fields) throws IOException {
        EventBody.Frame known = frame;
        if (known == null) {
            known = EventBody.Frame.of(this::choice, behind("null"));
            frame = known;
        }
        body.send(null, out, known, fields);
    }

    private void last(SseWriter out, StopReason reason) throws IOException {
        String quoted = '"' + finish(reason) + '"';
        body.send(null, out, EventBody.Frame.of(this::choice, behind(quoted)), _ -> {});
    }

    /// A chunk up to its delta.
    private void choice(JsonGenerator json) throws IOException {
        head(json, "chat.completion.chunk");
        json.writeArrayFieldStart("choices");
        json.writeStartObject();
        json.writeNumberField("index", 0);
        json.writeFieldName("delta");
    }

    /// What follows the delta.
    private String behind(String finish) {
        return ",\"logprobs\":null,\"finish_reason\":"
                + finish
                + (head.countsUsage() ? "}],\"usage\":null}" : "}]}");
    }

    private void head(JsonGenerator json, String object) throws IOException {
        json.writeStringField("id", "chatcmpl-" + head.id());
        json.writeStringField("object", object);
        json.writeNumberField("created", head.created().getEpochSecond());
        json.writeStringField("model", head.model());
    }

    private void end(StopReason reason, SseWriter out) throws IOException {
        calls(out, calls.rest());
        last(out, reason);
        Usage counted = usage;
        if (head.countsUsage() && counted != null) {
            body.send(
                    null,
                    out,
                    json -> {
                        head(json, "chat.completion.chunk");
                        json.writeArrayFieldStart("choices");
                        json.writeEndArray();
                        UsageWriter.write(json, counted);
                    });
        }
        out.write(null, DONE, 0, DONE.length);
    }

    private static String finish(StopReason reason) {
        return switch (reason) {
            case END, STOP_SEQUENCE, PAUSE, OTHER -> "stop";
            case LENGTH -> "length";
            case TOOL_CALLS -> "tool_calls";
            case REFUSAL -> "content_filter";
        };
    }

    @Override
    public void fail(WireError error, SseWriter out) throws IOException {
        body.send(null, out, json -> ChatErrors.fields(json, error));
    }

    @Override
    public byte[] whole(List<StreamEvent> events) {
        TurnAccumulator turn = new TurnAccumulator();
        events.forEach(turn::add);
        StopReason reason = turn.reason();
        return EventBody.of(json -> {
            head(json, "chat.completion");
            json.writeArrayFieldStart("choices");
            json.writeStartObject();
            json.writeNumberField("index", 0);
            json.writeObjectFieldStart("message");
            message(json, turn.message().parts());
            json.writeEndObject();
            json.writeNullField("logprobs");
            json.writeStringField(
                    "finish_reason", finish(reason == null ? StopReason.END : reason));
            json.writeEndObject();
            json.writeEndArray();
            if (turn.counted()) {
                UsageWriter.write(json, turn.usage());
            }
        });
    }

    private static void message(JsonGenerator json, List<Part> parts) throws IOException {
        StringBuilder text = new StringBuilder();
        StringBuilder thoughts = new StringBuilder();
        List<Part> details = new ArrayList<>();
        List<Part.ToolCall> called = new ArrayList<>();
        for (Part part : parts) {
            switch (part) {
                case Part.Text(var piece) -> text.append(piece);
                case Part.Thinking(var piece, _) -> {
                    thoughts.append(piece);
                    details.add(part);
                }
                case Part.RedactedThinking _ -> details.add(part);
                case Part.Opaque(var origin, _) -> {
                    if (origin == Protocol.OPENAI) {
                        details.add(part);
                    }
                }
                case Part.ToolCall call -> called.add(call);
                case Part.Image _,
                        Part.Document _,
                        Part.Audio _,
                        Part.Cache _,
                        Part.ToolResult _ -> {}
            }
        }
        json.writeStringField("role", "assistant");
        Json.writeString(
                json, "content", text.isEmpty() && !called.isEmpty() ? null : text.toString());
        json.writeNullField("refusal");
        if (!thoughts.isEmpty()) {
            json.writeStringField("reasoning_content", thoughts.toString());
        }
        ReasoningDetails.write(json, details);
        if (!called.isEmpty()) {
            json.writeArrayFieldStart("tool_calls");
            for (Part.ToolCall call : called) {
                MessageWriter.call(json, call, true);
            }
            json.writeEndArray();
        }
    }
}
