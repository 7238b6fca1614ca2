package hal0.providers.anthropic;

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
import hal0.providers.message.Protocol;
import hal0.providers.sse.SseWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Writes one answer to a client.
///
/// **Shape** `message_start` waits for the first word or number, so that it counts the input where
/// the provider does so at once; `message_delta` counts everything again. **Source**
/// src/anthropic/types/raw_message_stream_event.py, message.py and usage.py and
/// tests/lib/streaming/fixtures/tool_use_response.txt in anthropics/anthropic-sdk-python, read
/// 2026-11-21.
final class MessagesAnswer implements AnswerWriter {
    private final AnswerHead head;
    private final EventBody body = new EventBody();
    private final BlockStream blocks;
    private Usage usage = Usage.NONE;
    private boolean begun;

    MessagesAnswer(AnswerHead head) {
        this.head = head;
        blocks = new BlockStream(body, head.id());
    }

    @Override
    public void write(StreamEvent event, SseWriter out) throws IOException {
        if (event instanceof StreamEvent.UsageReport(var report)) {
            usage = report;
        }
        if (!begun && !(event instanceof StreamEvent.Started)) {
            begin(out);
        }
        switch (event) {
            case StreamEvent.Started _, StreamEvent.UsageReport _ -> {}
            case StreamEvent.TextDelta(var piece) -> blocks.text(piece, out);
            case StreamEvent.ThinkingDelta(var piece) -> blocks.thinking(piece, out);
            case StreamEvent.ThinkingSignature(var signature) -> blocks.signature(signature, out);
            case StreamEvent.RedactedThinking(var data) -> blocks.whole(redacted(data), out);
            case StreamEvent.OpaquePart(var part) -> {
                if (part.origin() == Protocol.ANTHROPIC) {
                    blocks.whole(part.json(), out);
                }
            }
            case StreamEvent.ToolCallDelta delta -> blocks.call(delta, out);
            case StreamEvent.Done(var reason, var sequence) -> end(reason, sequence, out);
        }
    }

    private static String redacted(String data) {
        return new String(
                EventBody.of(json -> {
                    json.writeStringField("type", "redacted_thinking");
                    json.writeStringField("data", data);
                }),
                StandardCharsets.UTF_8);
    }

    private void begin(SseWriter out) throws IOException {
        begun = true;
        body.send(
                "message_start",
                out,
                json -> {
                    json.writeStringField("type", "message_start");
                    json.writeObjectFieldStart("message");
                    head(json);
                    json.writeArrayFieldStart("content");
                    json.writeEndArray();
                    json.writeNullField("stop_reason");
                    json.writeNullField("stop_sequence");
                    json.writeNullField("stop_details");
                    usage(json, usage);
                    json.writeEndObject();
                });
        body.send("ping", out, json -> json.writeStringField("type", "ping"));
    }

    private void head(JsonGenerator json) throws IOException {
        json.writeStringField("id", "msg_" + head.id());
        json.writeStringField("type", "message");
        json.writeStringField("role", "assistant");
        json.writeStringField("model", head.model());
        json.writeNullField("container");
    }

    private void end(StopReason reason, @Nullable String sequence, SseWriter out)
            throws IOException {
        blocks.end(out);
        body.send(
                "message_delta",
                out,
                json -> {
                    json.writeStringField("type", "message_delta");
                    json.writeObjectFieldStart("delta");
                    stop(json, reason, sequence);
                    json.writeEndObject();
                    usage(json, usage);
                });
        body.send("message_stop", out, json -> json.writeStringField("type", "message_stop"));
    }

    private static void stop(JsonGenerator json, StopReason reason, @Nullable String sequence)
            throws IOException {
        json.writeStringField(
                "stop_reason",
                switch (reason) {
                    case END, OTHER -> "end_turn";
                    case LENGTH -> "max_tokens";
                    case TOOL_CALLS -> "tool_use";
                    case STOP_SEQUENCE -> "stop_sequence";
                    case REFUSAL -> "refusal";
                    case PAUSE -> "pause_turn";
                });
        Json.writeString(json, "stop_sequence", sequence);
        if (reason == StopReason.REFUSAL) {
            json.writeObjectFieldStart("stop_details");
            json.writeStringField("type", "refusal");
            json.writeNullField("category");
            json.writeNullField("explanation");
            json.writeEndObject();
        } else {
            json.writeNullField("stop_details");
        }
    }

    private static void usage(JsonGenerator json, Usage usage) throws IOException {
        json.writeObjectFieldStart("usage");
        json.writeNumberField("input_tokens", usage.input());
        json.writeNumberField("cache_creation_input_tokens", usage.cacheWrite());
        json.writeNumberField("cache_read_input_tokens", usage.cacheRead());
        json.writeObjectFieldStart("cache_creation");
        json.writeNumberField("ephemeral_5m_input_tokens", usage.cacheWrite5m());
        json.writeNumberField("ephemeral_1h_input_tokens", usage.cacheWrite1h());
        json.writeEndObject();
        json.writeNumberField("output_tokens", usage.output());
        if (usage.reasoning() > 0) {
            json.writeObjectFieldStart("output_tokens_details");
            json.writeNumberField("thinking_tokens", usage.reasoning());
            json.writeEndObject();
        }
        json.writeEndObject();
    }

    @Override
    public void fail(WireError error, SseWriter out) throws IOException {
        body.send("error", out, json -> MessagesErrors.fields(json, error));
    }

    @Override
    public byte[] whole(List<StreamEvent> events) {
        TurnAccumulator turn = new TurnAccumulator();
        events.forEach(turn::add);
        StopReason reason = turn.reason();
        return EventBody.of(json -> {
            head(json);
            json.writeArrayFieldStart("content");
            AnswerBlocks.write(json, turn.message().parts());
            json.writeEndArray();
            stop(json, reason == null ? StopReason.END : reason, turn.stopSequence());
            usage(json, turn.usage());
        });
    }
}
