package hal0.providers.anthropic;

import com.fasterxml.jackson.core.JsonGenerator;
import hal0.providers.dialect.ArgumentsEnd;
import hal0.providers.dialect.EventBody;
import hal0.providers.dialect.Json;
import hal0.providers.event.StreamEvent;
import hal0.providers.sse.SseWriter;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The content blocks of an answer that is streamed to a client: one after the other, where events
/// of other providers may be of several calls at once.
///
/// **Shape** the first block that is not over goes out as it comes; what belongs to a later one
/// waits for it. A call is over when its arguments are whole, and everything at the end.
/// **Threads** one.
final class BlockStream {
    private enum Kind {
        TEXT,
        THINKING,
        CALL,
        WHOLE
    }

    private static final class Block {
        private final Kind kind;
        private final int number;
        private final StringBuilder waiting = new StringBuilder();
        private final ArgumentsEnd end = new ArgumentsEnd();
        private boolean begun;
        private boolean over;
        private @Nullable String id;
        private @Nullable String name;
        private @Nullable String signature;

        Block(Kind kind, int number) {
            this.kind = kind;
            this.number = number;
        }

        private String id(String answer) {
            return id != null ? id : "toolu_" + answer + "_" + number;
        }
    }

    private final EventBody body;
    private final String answer;
    private final Deque<Block> open = new ArrayDeque<>();
    private final Map<Integer, Block> calls = new HashMap<>();
    private int index;
    private boolean ending;

    /// `answer` is the id of the answer, from which calls without one get theirs.
    BlockStream(EventBody body, String answer) {
        this.body = body;
        this.answer = answer;
    }

    void text(String piece, SseWriter out) throws IOException {
        last(Kind.TEXT).waiting.append(piece);
        advance(out);
    }

    void thinking(String piece, SseWriter out) throws IOException {
        last(Kind.THINKING).waiting.append(piece);
        advance(out);
    }

    void signature(String signature, SseWriter out) throws IOException {
        Block block = last(Kind.THINKING);
        block.signature = signature;
        block.over = true;
        advance(out);
    }

    /// A block that is there at once, as JSON.
    void whole(String json, SseWriter out) throws IOException {
        Block block = add(Kind.WHOLE, 0);
        block.waiting.append(json);
        block.over = true;
        advance(out);
    }

    void call(StreamEvent.ToolCallDelta delta, SseWriter out) throws IOException {
        Block block = calls.get(delta.index());
        if (block == null) {
            block = add(Kind.CALL, delta.index());
            calls.put(delta.index(), block);
        }
        block.id = delta.id() != null ? delta.id() : block.id;
        block.name = delta.name() != null ? delta.name() : block.name;
        block.signature = delta.signature() != null ? delta.signature() : block.signature;
        block.waiting.append(delta.argumentsPart());
        block.end.add(delta.argumentsPart());
        advance(out);
    }

    void end(SseWriter out) throws IOException {
        ending = true;
        advance(out);
    }

    private Block last(Kind kind) {
        Block last = open.peekLast();
        return last != null && last.kind == kind && !last.over ? last : add(kind, 0);
    }

    private Block add(Kind kind, int number) {
        Block block = new Block(kind, number);
        open.addLast(block);
        return block;
    }

    private void advance(SseWriter out) throws IOException {
        while (!open.isEmpty()) {
            Block first = open.getFirst();
            if (!first.begun) {
                if (first.kind == Kind.CALL
                        && !ending
                        && (first.id == null || first.name == null)) {
                    return;
                }
                begin(first, out);
            }
            if (!first.waiting.isEmpty() && first.kind != Kind.WHOLE) {
                piece(first, out);
            }
            if (!isOver(first)) {
                return;
            }
            stop(first, out);
            open.removeFirst();
        }
    }

    private boolean isOver(Block first) {
        boolean followed = open.size() > 1;
        return ending
                || first.over
                || (followed && (first.kind != Kind.CALL || first.end.reached()));
    }

    private void begin(Block block, SseWriter out) throws IOException {
        block.begun = true;
        if (block.kind == Kind.CALL && block.signature != null) {
            carry(block, out);
        }
        start(
                out,
                json -> {
                    switch (block.kind) {
                        case TEXT -> {
                            json.writeStringField("type", "text");
                            json.writeStringField("text", "");
                        }
                        case THINKING -> {
                            json.writeStringField("type", "thinking");
                            json.writeStringField("thinking", "");
                            json.writeStringField("signature", "");
                        }
                        case CALL -> {
                            json.writeStringField("type", "tool_use");
                            json.writeStringField("id", block.id(answer));
                            json.writeStringField("name", block.name == null ? "" : block.name);
                            json.writeObjectFieldStart("input");
                            json.writeEndObject();
                        }
                        case WHOLE -> {
                            // Its fields are written already.
                        }
                    }
                },
                block.kind == Kind.WHOLE ? block.waiting.toString() : null);
    }

    private void start(SseWriter out, EventBody.Fields fields, @Nullable String whole)
            throws IOException {
        body.send(
                "content_block_start",
                out,
                json -> {
                    json.writeStringField("type", "content_block_start");
                    json.writeNumberField("index", index);
                    json.writeFieldName("content_block");
                    if (whole != null) {
                        Json.writeRaw(json, whole);
                    } else {
                        json.writeStartObject();
                        fields.write(json);
                        json.writeEndObject();
                    }
                });
    }

    private void piece(Block block, SseWriter out) throws IOException {
        String piece = block.waiting.toString();
        block.waiting.setLength(0);
        delta(
                out,
                json -> {
                    switch (block.kind) {
                        case TEXT -> {
                            json.writeStringField("type", "text_delta");
                            json.writeStringField("text", piece);
                        }
                        case THINKING -> {
                            json.writeStringField("type", "thinking_delta");
                            json.writeStringField("thinking", piece);
                        }
                        case CALL -> {
                            json.writeStringField("type", "input_json_delta");
                            json.writeStringField("partial_json", piece);
                        }
                        case WHOLE -> {
                            // It has no pieces.
                        }
                    }
                });
    }

    private void delta(SseWriter out, EventBody.Fields fields) throws IOException {
        body.send(
                "content_block_delta",
                out,
                json -> {
                    json.writeStringField("type", "content_block_delta");
                    json.writeNumberField("index", index);
                    json.writeObjectFieldStart("delta");
                    fields.write(json);
                    json.writeEndObject();
                });
    }

    private void stop(Block block, SseWriter out) throws IOException {
        String signature = block.signature;
        if (block.kind == Kind.THINKING && signature != null) {
            signed(signature, out);
        }
        stop(out);
    }

    private void signed(String signature, SseWriter out) throws IOException {
        delta(
                out,
                json -> {
                    json.writeStringField("type", "signature_delta");
                    json.writeStringField("signature", signature);
                });
    }

    private void stop(SseWriter out) throws IOException {
        body.send(
                "content_block_stop",
                out,
                json -> {
                    json.writeStringField("type", "content_block_stop");
                    json.writeNumberField("index", index);
                });
        index++;
    }

    /// The signature of a call goes before it, in a block of its own.
    private void carry(Block call, SseWriter out) throws IOException {
        start(out, BlockStream::emptyThought, null);
        signed(new CallSignature(call.id(answer), String.valueOf(call.signature)).carried(), out);
        stop(out);
    }

    private static void emptyThought(JsonGenerator json) throws IOException {
        json.writeStringField("type", "thinking");
        json.writeStringField("thinking", "");
        json.writeStringField("signature", "");
    }
}
