package hal0.providers.anthropic;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import hal0.providers.dialect.AnswerDecoder;
import hal0.providers.dialect.AnswerErrors;
import hal0.providers.dialect.ErrorBody;
import hal0.providers.dialect.Json;
import hal0.providers.event.StopReason;
import hal0.providers.event.StreamEvent;
import hal0.providers.sse.SseFrame;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Reads the events of an answer, and whole answers.
///
/// **Shape** an event says what it is in its own `type`, which may stand anywhere in it; so its
/// parts are gathered first, and acted on at its end. Unknown types are skipped, as the protocol
/// asks.
final class MessagesDecoder implements AnswerDecoder {
    private final AnswerErrors errors;
    private final UsageMerge usage = new UsageMerge();
    private final Map<Integer, Integer> toolOfBlock = new HashMap<>();
    private State state = State.OPEN;
    private boolean started;
    private @Nullable StopReason stop;

    // Of the event being read.
    private @Nullable String type;
    private int index;
    private @Nullable String id;
    private @Nullable String model;
    private @Nullable String stopReason;
    private @Nullable Block block;
    private @Nullable ErrorBody error;
    private boolean contentSeen;

    /// A content block, or a piece of one: which it is shows in the fields it has.
    private static final class Block {
        private @Nullable String type;
        private @Nullable String text;
        private @Nullable String thinking;
        private @Nullable String signature;
        private @Nullable String data;
        private @Nullable String id;
        private @Nullable String name;
        private @Nullable String partialJson;
        private @Nullable String input;
        private @Nullable String stopReason;
    }

    MessagesDecoder(AnswerErrors errors) {
        this.errors = errors;
    }

    @Override
    public State state() {
        return state;
    }

    @Override
    public void frame(SseFrame frame, Consumer<StreamEvent> out) {
        // Some compatible servers end like OpenAI.
        if (state == State.DONE || frame.length() == 0 || frame.dataIs("[DONE]")) {
            return;
        }
        try (JsonParser p = Json.parser(frame.bytes(), frame.offset(), frame.length())) {
            read(p, null);
        } catch (IOException e) {
            if (frame.complete()) {
                throw errors.bad(
                        "an event of the answer is not JSON",
                        frame.bytes(),
                        frame.offset(),
                        frame.length(),
                        e);
            }
            if (stop == null) {
                throw errors.cut();
            }
            // Cut behind the stop reason: the answer itself is whole.
            return;
        }
        if (error != null || "error".equals(type)) {
            throw errors.inStream(error == null ? ErrorBody.EMPTY : error, frame);
        }
        act(out);
    }

    @Override
    public void whole(byte[] body, Consumer<StreamEvent> out) {
        try (JsonParser p = Json.parser(body, 0, body.length)) {
            read(p, out);
        } catch (IOException e) {
            throw errors.bad("the answer is not JSON", body, 0, body.length, e);
        }
        if (error != null) {
            throw errors.inBody(error, body);
        }
        if (!contentSeen) {
            throw errors.bad("the answer has no content", body, 0, body.length, null);
        }
        start(out);
        stopped(stopReason);
        reportUsage(out);
        done(out);
    }

    @Override
    public void end(Consumer<StreamEvent> out) {
        if (state == State.DONE) {
            return;
        }
        if (stop == null) {
            throw errors.cut();
        }
        done(out);
    }

    private void done(Consumer<StreamEvent> out) {
        state = State.DONE;
        out.accept(new StreamEvent.Done(stop == null ? StopReason.END : stop));
    }

    private void act(Consumer<StreamEvent> out) {
        switch (type == null ? "" : type) {
            case "message_start" -> {
                start(out);
                reportUsage(out);
            }
            case "content_block_start" -> {
                start(out);
                begin(block, index, out);
            }
            case "content_block_delta" -> {
                start(out);
                go(block, index, out);
            }
            case "message_delta" -> {
                stopped(block == null ? stopReason : block.stopReason);
                reportUsage(out);
            }
            case "message_stop" -> {
                start(out);
                done(out);
            }
            default -> {
                // ping, content_block_stop, and what is yet to be invented.
            }
        }
    }

    private void start(Consumer<StreamEvent> out) {
        if (!started) {
            started = true;
            out.accept(new StreamEvent.Started(id, model));
        }
    }

    private void reportUsage(Consumer<StreamEvent> out) {
        if (usage.seen()) {
            out.accept(new StreamEvent.UsageReport(usage.usage()));
        }
    }

    private void stopped(@Nullable String reason) {
        if (reason == null) {
            return;
        }
        stop =
                switch (reason) {
                    case "end_turn" -> StopReason.END;
                    case "max_tokens", "model_context_window_exceeded" -> StopReason.LENGTH;
                    case "stop_sequence" -> StopReason.STOP_SEQUENCE;
                    case "tool_use" -> StopReason.TOOL_CALLS;
                    case "refusal" -> StopReason.REFUSAL;
                    case "pause_turn" -> StopReason.PAUSE;
                    default -> StopReason.OTHER;
                };
        if (state == State.OPEN) {
            state = State.COMPLETE;
        }
    }

    private void begin(@Nullable Block b, int at, Consumer<StreamEvent> out) {
        if (b == null) {
            return;
        }
        if ("tool_use".equals(b.type)) {
            int tool = toolOfBlock.size();
            toolOfBlock.put(at, tool);
            // A stream begins with an empty input whose text then follows; a whole answer has it
            // here.
            String input = b.input == null || b.input.equals("{}") ? "" : b.input;
            out.accept(new StreamEvent.ToolCallDelta(tool, b.id, b.name, input));
        } else if ("redacted_thinking".equals(b.type) && b.data != null) {
            out.accept(new StreamEvent.RedactedThinking(b.data));
        } else {
            go(b, at, out);
        }
    }

    private void go(@Nullable Block b, int at, Consumer<StreamEvent> out) {
        if (b == null) {
            return;
        }
        if (b.text != null && !b.text.isEmpty()) {
            out.accept(new StreamEvent.TextDelta(b.text));
        }
        if (b.thinking != null && !b.thinking.isEmpty()) {
            out.accept(new StreamEvent.ThinkingDelta(b.thinking));
        }
        if (b.signature != null && !b.signature.isEmpty()) {
            out.accept(new StreamEvent.ThinkingSignature(b.signature));
        }
        Integer tool = toolOfBlock.get(at);
        if (b.partialJson != null && !b.partialJson.isEmpty() && tool != null) {
            out.accept(new StreamEvent.ToolCallDelta(tool, null, null, b.partialJson));
        }
    }

    /// Reads an event or a message; blocks of a whole answer go to `out` as they are read.
    private void read(JsonParser p, @Nullable Consumer<StreamEvent> out) throws IOException {
        type = null;
        index = 0;
        block = null;
        error = null;
        stopReason = null;
        if (p.nextToken() != JsonToken.START_OBJECT) {
            throw new IOException("not an object");
        }
        object(p, out);
        if (p.currentToken() != JsonToken.END_OBJECT) {
            throw new IOException("the object does not end");
        }
    }

    private void object(JsonParser p, @Nullable Consumer<StreamEvent> out) throws IOException {
        while (p.nextToken() == JsonToken.FIELD_NAME) {
            String name = p.currentName();
            p.nextToken();
            switch (name) {
                case "type" -> type = Json.text(p);
                case "index" -> index = (int) Json.number(p);
                case "delta", "content_block" -> block = block(p);
                case "message" -> message(p);
                case "usage" -> usage.read(p);
                case "error" -> error = ErrorBody.read(p);
                case "id" -> id = Json.text(p);
                case "model" -> model = Json.text(p);
                case "stop_reason" -> stopReason = Json.text(p);
                case "content" -> content(p, out);
                default -> p.skipChildren();
            }
        }
    }

    private void message(JsonParser p) throws IOException {
        if (p.currentToken() != JsonToken.START_OBJECT) {
            p.skipChildren();
            return;
        }
        while (p.nextToken() == JsonToken.FIELD_NAME) {
            String name = p.currentName();
            p.nextToken();
            switch (name) {
                case "id" -> id = Json.text(p);
                case "model" -> model = Json.text(p);
                case "usage" -> usage.read(p);
                default -> p.skipChildren();
            }
        }
    }

    private void content(JsonParser p, @Nullable Consumer<StreamEvent> out) throws IOException {
        if (out == null || p.currentToken() != JsonToken.START_ARRAY) {
            p.skipChildren();
            return;
        }
        contentSeen = true;
        int at = 0;
        while (p.nextToken() == JsonToken.START_OBJECT) {
            // Id and model stand before the content in every answer that was seen.
            start(out);
            begin(block(p), at++, out);
        }
    }

    private static @Nullable Block block(JsonParser p) throws IOException {
        if (p.currentToken() != JsonToken.START_OBJECT) {
            p.skipChildren();
            return null;
        }
        Block b = new Block();
        while (p.nextToken() == JsonToken.FIELD_NAME) {
            String name = p.currentName();
            JsonToken token = p.nextToken();
            switch (name) {
                case "type" -> b.type = Json.text(p);
                case "text" -> b.text = Json.text(p);
                case "thinking" -> b.thinking = Json.text(p);
                case "signature" -> b.signature = Json.text(p);
                case "data" -> b.data = Json.text(p);
                case "id" -> b.id = Json.text(p);
                case "name" -> b.name = Json.text(p);
                case "partial_json" -> b.partialJson = Json.text(p);
                case "stop_reason" -> b.stopReason = Json.text(p);
                case "input" -> {
                    if (token == JsonToken.START_OBJECT) {
                        b.input = Json.raw(p);
                    } else {
                        p.skipChildren();
                    }
                }
                default -> p.skipChildren();
            }
        }
        return b;
    }
}
