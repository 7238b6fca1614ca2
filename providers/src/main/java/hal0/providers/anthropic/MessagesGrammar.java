package hal0.providers.anthropic;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import hal0.providers.dialect.AnswerDecoder.State;
import hal0.providers.dialect.AnswerGrammar;
import hal0.providers.dialect.ErrorBody;
import hal0.providers.dialect.Json;
import hal0.providers.dialect.ReportedException;
import hal0.providers.event.StopReason;
import hal0.providers.event.StreamEvent;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Reads the events of an answer, and whole answers.
///
/// **Shape** an event says what it is in its own `type`, which may stand anywhere in it; so its
/// parts are gathered first, and acted on at its end. Unknown types are skipped, as the protocol
/// asks. **Source** tests/lib/streaming/fixtures and src/anthropic/types/stop_reason.py in
/// anthropics/anthropic-sdk-python, packages/anthropic/src/__fixtures__ in vercel/ai, read
/// 2026-11-21.
final class MessagesGrammar implements AnswerGrammar {
    private final UsageMerge usage = new UsageMerge();
    private final ContentBlocks blocks = new ContentBlocks();
    private State state = State.OPEN;
    private boolean started;
    private @Nullable StopReason stop;
    private @Nullable String stopSequence;

    // Of the event being read.
    private @Nullable String type;
    private int index;
    private @Nullable String id;
    private @Nullable String model;
    private @Nullable String stopReason;
    private ContentBlocks.@Nullable Block block;
    private final List<ContentBlocks.Block> opening = new ArrayList<>();
    private @Nullable ErrorBody error;
    private boolean contentSeen;

    @Override
    public State reached() {
        return state;
    }

    @Override
    public void event(JsonParser p, Consumer<StreamEvent> out)
            throws IOException, ReportedException {
        read(p, null);
        act(out);
    }

    @Override
    public boolean whole(JsonParser p, Consumer<StreamEvent> out)
            throws IOException, ReportedException {
        read(p, out);
        start(out);
        stopped(stopReason);
        reportUsage(out);
        return false;
    }

    @Override
    public @Nullable String lacks() {
        return contentSeen ? null : "content";
    }

    @Override
    public StreamEvent.Done done() {
        StopReason reason = stop == null ? StopReason.END : stop;
        return new StreamEvent.Done(
                reason, reason == StopReason.STOP_SEQUENCE ? stopSequence : null);
    }

    private void act(Consumer<StreamEvent> out) throws IOException {
        switch (type == null ? "" : type) {
            case "message_start" -> {
                start(out);
                for (int i = 0; i < opening.size(); i++) {
                    blocks.begin(opening.get(i), i, out);
                    blocks.end(i, out);
                }
                stopped(stopReason);
                reportUsage(out);
            }
            case "content_block_start" -> {
                start(out);
                blocks.begin(block, index, out);
            }
            case "content_block_delta" -> {
                start(out);
                blocks.goOn(block, index, out);
            }
            case "content_block_stop" -> blocks.end(index, out);
            case "message_delta" -> {
                if (block != null) {
                    stopSequence = block.stopSequence();
                }
                stopped(block == null ? stopReason : block.stopReason());
                reportUsage(out);
            }
            case "message_stop" -> {
                start(out);
                state = State.DONE;
            }
            default -> {
                // ping, and what is yet to be invented.
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

    /// Reads an event or a message; blocks of a whole answer go to `out` as they are read.
    private void read(JsonParser p, @Nullable Consumer<StreamEvent> out)
            throws IOException, ReportedException {
        type = null;
        index = 0;
        block = null;
        error = null;
        stopReason = null;
        opening.clear();
        if (p.nextToken() != JsonToken.START_OBJECT) {
            throw new IOException("not an object");
        }
        object(p, out);
        if (p.currentToken() != JsonToken.END_OBJECT) {
            throw new IOException("the object does not end");
        }
        if (error != null || "error".equals(type)) {
            throw new ReportedException(error == null ? ErrorBody.EMPTY : error);
        }
    }

    private void object(JsonParser p, @Nullable Consumer<StreamEvent> out) throws IOException {
        while (p.nextToken() == JsonToken.FIELD_NAME) {
            String name = p.currentName();
            p.nextToken();
            switch (name) {
                case "type" -> type = Json.text(p);
                case "index" -> index = (int) Json.number(p);
                case "delta" -> block = ContentBlocks.Block.read(p);
                case "content_block" -> block = ContentBlocks.Block.whole(p);
                case "message" -> message(p);
                case "usage" -> usage.read(p);
                case "error" -> error = ErrorBody.read(p);
                case "id" -> id = Json.text(p);
                case "model" -> model = Json.text(p);
                case "stop_reason" -> stopReason = Json.text(p);
                case "stop_sequence" -> stopSequence = Json.text(p);
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
                case "stop_reason" -> stopReason = Json.text(p);
                case "content" -> opening(p);
                case "usage" -> usage.read(p);
                default -> p.skipChildren();
            }
        }
    }

    /// Behind calls that a server-side tool made, a stream may open with blocks that are whole.
    private void opening(JsonParser p) throws IOException {
        if (p.currentToken() != JsonToken.START_ARRAY) {
            p.skipChildren();
            return;
        }
        while (p.nextToken() == JsonToken.START_OBJECT) {
            ContentBlocks.Block whole = ContentBlocks.Block.whole(p);
            if (whole != null) {
                opening.add(whole);
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
            blocks.begin(ContentBlocks.Block.whole(p), at, out);
            blocks.end(at++, out);
        }
    }
}
