package hal0.providers.openai;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import hal0.providers.dialect.AnswerDecoder;
import hal0.providers.dialect.AnswerErrors;
import hal0.providers.dialect.ErrorBody;
import hal0.providers.dialect.Json;
import hal0.providers.event.StopReason;
import hal0.providers.event.StreamEvent;
import hal0.providers.event.Usage;
import hal0.providers.sse.SseFrame;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Reads chunks of an answer, and whole answers, which differ in one name only: `message` for
/// `delta`.
final class ChatDecoder implements AnswerDecoder {
    private final AnswerErrors errors;
    private final ToolCalls calls = new ToolCalls();
    private State state = State.OPEN;
    private boolean started;
    private boolean choiceSeen;
    private boolean refused;
    private @Nullable StopReason finish;
    private @Nullable Usage lastUsage;

    // Of the chunk being read.
    private @Nullable String id;
    private @Nullable String model;
    private @Nullable Usage usage;
    private @Nullable ErrorBody error;

    ChatDecoder(AnswerErrors errors) {
        this.errors = errors;
    }

    @Override
    public State state() {
        return state;
    }

    @Override
    public void frame(SseFrame frame, Consumer<StreamEvent> out) {
        if (state == State.DONE || frame.length() == 0) {
            return;
        }
        if (frame.dataIs("[DONE]")) {
            done(out);
            return;
        }
        try (JsonParser p = Json.parser(frame.bytes(), frame.offset(), frame.length())) {
            chunk(p, out);
        } catch (IOException e) {
            if (!frame.complete() && finish == null) {
                throw errors.cut();
            }
            if (frame.complete()) {
                throw errors.bad(
                        "an event of the answer is not JSON",
                        frame.bytes(),
                        frame.offset(),
                        frame.length(),
                        e);
            }
            // Cut behind the finish: the answer itself is whole.
            return;
        }
        if ("error".equals(frame.event()) && error == null) {
            error = ErrorBody.parse(frame.bytes(), frame.offset(), frame.length());
        }
        if (error != null) {
            throw errors.inStream(error, frame);
        }
        report(out);
    }

    @Override
    public void whole(byte[] body, Consumer<StreamEvent> out) {
        try (JsonParser p = Json.parser(body, 0, body.length)) {
            chunk(p, out);
        } catch (IOException e) {
            throw errors.bad("the answer is not JSON", body, 0, body.length, e);
        }
        if (error != null) {
            throw errors.inBody(error, body);
        }
        if (!choiceSeen) {
            throw errors.bad("the answer has no choices", body, 0, body.length, null);
        }
        report(out);
        if (state != State.DONE) {
            done(out);
        }
    }

    @Override
    public void end(Consumer<StreamEvent> out) {
        if (state == State.DONE) {
            return;
        }
        if (finish == null) {
            throw errors.cut();
        }
        done(out);
    }

    private void done(Consumer<StreamEvent> out) {
        StopReason reason = finish == null ? StopReason.END : finish;
        if (reason == StopReason.END && refused) {
            reason = StopReason.REFUSAL;
        } else if (reason == StopReason.END && calls.any()) {
            // Some servers say "stop" where the model waits for its tools.
            reason = StopReason.TOOL_CALLS;
        }
        state = State.DONE;
        out.accept(new StreamEvent.Done(reason));
    }

    private void chunk(JsonParser p, Consumer<StreamEvent> out) throws IOException {
        id = null;
        model = null;
        usage = null;
        error = null;
        if (p.nextToken() != JsonToken.START_OBJECT) {
            throw new IOException("not an object");
        }
        // Id and model may stand behind the first choice, and Started comes first.
        List<StreamEvent> held = started ? List.of() : new ArrayList<>();
        Consumer<StreamEvent> to = started ? out : held::add;
        while (p.nextToken() == JsonToken.FIELD_NAME) {
            String name = p.currentName();
            p.nextToken();
            switch (name) {
                case "choices" -> choices(p, to);
                case "id" -> id = started ? null : Json.text(p);
                case "model" -> model = started ? null : Json.text(p);
                case "usage" -> usage(p);
                case "x_groq" -> groq(p);
                case "error" -> error(p);
                default -> p.skipChildren();
            }
        }
        if (p.currentToken() != JsonToken.END_OBJECT) {
            throw new IOException("the object does not end");
        }
        if (!started && error == null) {
            started = true;
            out.accept(new StreamEvent.Started(id, model));
            held.forEach(out);
        }
    }

    private void error(JsonParser p) throws IOException {
        if (p.currentToken() != JsonToken.VALUE_NULL) {
            error = ErrorBody.read(p);
        }
    }

    private void usage(JsonParser p) throws IOException {
        Usage read = UsageReader.read(p);
        usage = read != null ? read : usage;
    }

    /// Groq sends the usage of a stream here as well.
    private void groq(JsonParser p) throws IOException {
        if (p.currentToken() != JsonToken.START_OBJECT) {
            p.skipChildren();
            return;
        }
        while (p.nextToken() == JsonToken.FIELD_NAME) {
            String name = p.currentName();
            p.nextToken();
            switch (name) {
                case "usage" -> usage(p);
                case "error" -> error(p);
                default -> p.skipChildren();
            }
        }
    }

    private void choices(JsonParser p, Consumer<StreamEvent> out) throws IOException {
        if (p.currentToken() != JsonToken.START_ARRAY) {
            p.skipChildren();
            return;
        }
        boolean first = true;
        while (p.nextToken() == JsonToken.START_OBJECT) {
            if (first) {
                choice(p, out);
                first = false;
            } else {
                // Only one answer is ever asked for.
                p.skipChildren();
            }
        }
    }

    private void choice(JsonParser p, Consumer<StreamEvent> out) throws IOException {
        choiceSeen = true;
        while (p.nextToken() == JsonToken.FIELD_NAME) {
            String name = p.currentName();
            p.nextToken();
            switch (name) {
                case "delta", "message" -> delta(p, out);
                case "finish_reason" -> finish(Json.text(p));
                // Moonshot sends it inside the choice.
                case "usage" -> usage(p);
                // The legacy completion endpoint, and servers that confuse the two.
                case "text" -> text(p, out);
                default -> p.skipChildren();
            }
        }
    }

    private void finish(@Nullable String reason) {
        if (reason == null || reason.isEmpty()) {
            return;
        }
        finish =
                switch (reason) {
                    case "stop", "eos", "eos_token", "end_turn" -> StopReason.END;
                    case "length", "max_tokens" -> StopReason.LENGTH;
                    case "tool_calls", "function_call", "tool_use" -> StopReason.TOOL_CALLS;
                    case "content_filter" -> StopReason.REFUSAL;
                    case "stop_sequence" -> StopReason.STOP_SEQUENCE;
                    default -> StopReason.OTHER;
                };
        if (state == State.OPEN) {
            state = State.COMPLETE;
        }
    }

    private void delta(JsonParser p, Consumer<StreamEvent> out) throws IOException {
        if (p.currentToken() != JsonToken.START_OBJECT) {
            p.skipChildren();
            return;
        }
        boolean thought = false;
        while (p.nextToken() == JsonToken.FIELD_NAME) {
            String name = p.currentName();
            p.nextToken();
            switch (name) {
                case "content" -> text(p, out);
                case "reasoning_content", "reasoning" -> {
                    // Some servers send the same under both names.
                    if (thought) {
                        p.skipChildren();
                    } else {
                        thought = thinking(p, out);
                    }
                }
                case "refusal" -> refusal(p, out);
                case "tool_calls" -> calls.read(p, out);
                default -> p.skipChildren();
            }
        }
    }

    private static void text(JsonParser p, Consumer<StreamEvent> out) throws IOException {
        if (p.currentToken() == JsonToken.VALUE_STRING) {
            if (p.getTextLength() > 0) {
                out.accept(new StreamEvent.TextDelta(p.getText()));
            }
        } else if (p.currentToken() == JsonToken.START_ARRAY) {
            while (p.nextToken() == JsonToken.START_OBJECT) {
                piece(p, out);
            }
        } else {
            p.skipChildren();
        }
    }

    /// Mistral's reasoning models send lists: `{type: "text", text}` and `{type: "thinking",
    /// thinking: [{type: "text", text}]}`.
    private static void piece(JsonParser p, Consumer<StreamEvent> out) throws IOException {
        while (p.nextToken() == JsonToken.FIELD_NAME) {
            String name = p.currentName();
            p.nextToken();
            switch (name) {
                case "text" -> text(p, out);
                case "thinking" ->
                        text(
                                p,
                                event -> {
                                    if (event instanceof StreamEvent.TextDelta(var words)) {
                                        out.accept(new StreamEvent.ThinkingDelta(words));
                                    }
                                });
                default -> p.skipChildren();
            }
        }
    }

    private static boolean thinking(JsonParser p, Consumer<StreamEvent> out) throws IOException {
        if (p.currentToken() != JsonToken.VALUE_STRING) {
            p.skipChildren();
            return false;
        }
        if (p.getTextLength() == 0) {
            return false;
        }
        out.accept(new StreamEvent.ThinkingDelta(p.getText()));
        return true;
    }

    private void refusal(JsonParser p, Consumer<StreamEvent> out) throws IOException {
        String words = Json.text(p);
        if (words != null && !words.isEmpty()) {
            refused = true;
            out.accept(new StreamEvent.TextDelta(words));
        }
    }

    /// Some servers count along in every chunk: only what changed is news. With finish and usage
    /// both seen nothing can follow but the end marker, which is not waited for.
    private void report(Consumer<StreamEvent> out) {
        if (usage != null && !usage.equals(lastUsage)) {
            lastUsage = usage;
            out.accept(new StreamEvent.UsageReport(usage));
        }
        if (usage != null && finish != null && state == State.COMPLETE) {
            done(out);
        }
    }
}
