package hal0.providers.openai;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import hal0.providers.dialect.AnswerDecoder.State;
import hal0.providers.dialect.AnswerGrammar;
import hal0.providers.dialect.ErrorBody;
import hal0.providers.dialect.Json;
import hal0.providers.dialect.ReportedException;
import hal0.providers.event.StopReason;
import hal0.providers.event.StreamEvent;
import hal0.providers.event.Usage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Reads chunks of an answer, and whole answers, which differ in one name only: `message` for
/// `delta`. **Source** src/openai/types/chat/chat_completion_chunk.py in openai/openai-python,
/// api/reference/overview.mdx in OpenRouterTeam/docs,
/// packages/openai/src/chat/__fixtures__/azure-model-router.1.chunks.txt in vercel/ai, read
/// 2026-11-21.
final class ChatGrammar implements AnswerGrammar {
    private final ChatDelta delta = new ChatDelta();
    private State state = State.OPEN;
    private boolean started;
    private boolean choiceSeen;
    private @Nullable StopReason finish;
    private @Nullable Usage lastUsage;

    // Of the chunk being read.
    private boolean choiceInChunk;
    private boolean failed;
    private @Nullable String id;
    private @Nullable String model;
    private @Nullable Usage usage;
    private @Nullable ErrorBody error;

    @Override
    public boolean endsWithMarker() {
        return true;
    }

    @Override
    public State reached() {
        return state;
    }

    @Override
    public void event(JsonParser p, Consumer<StreamEvent> out)
            throws IOException, ReportedException {
        chunk(p, out);
        report(out);
    }

    @Override
    public boolean whole(JsonParser p, Consumer<StreamEvent> out)
            throws IOException, ReportedException {
        chunk(p, out);
        report(out);
        return false;
    }

    @Override
    public @Nullable String lacks() {
        return choiceSeen ? null : "choices";
    }

    @Override
    public StreamEvent.Done done() {
        StopReason reason = finish == null ? StopReason.END : finish;
        if (reason == StopReason.END && delta.refused()) {
            reason = StopReason.REFUSAL;
        } else if (reason == StopReason.END && delta.callsTools()) {
            // Some servers say "stop" where the model waits for its tools.
            reason = StopReason.TOOL_CALLS;
        }
        return new StreamEvent.Done(reason);
    }

    private void chunk(JsonParser p, Consumer<StreamEvent> out)
            throws IOException, ReportedException {
        id = null;
        model = null;
        usage = null;
        error = null;
        choiceInChunk = false;
        failed = false;
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
                case "id" -> id = started ? null : nonEmpty(p);
                case "model" -> model = started ? null : nonEmpty(p);
                case "usage" -> usage(p);
                case "x_groq" -> groq(p);
                case "error" -> error(p);
                default -> p.skipChildren();
            }
        }
        if (p.currentToken() != JsonToken.END_OBJECT) {
            throw new IOException("the object does not end");
        }
        if (failed || error != null) {
            // A provider may fail and not say why.
            throw new ReportedException(error == null ? ErrorBody.EMPTY : error);
        }
        // Azure's first chunk holds its filters' verdict on the prompt, and neither id nor model.
        boolean says = id != null || choiceInChunk || usage != null;
        if (!started && says) {
            started = true;
            out.accept(new StreamEvent.Started(id, model));
            held.forEach(out);
        }
    }

    private static @Nullable String nonEmpty(JsonParser p) throws IOException {
        String text = Json.text(p);
        return text == null || text.isEmpty() ? null : text;
    }

    private void error(JsonParser p) throws IOException {
        if (p.currentToken() != JsonToken.VALUE_NULL) {
            ErrorBody read = ErrorBody.read(p);
            error = error == null ? read : error;
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
        choiceInChunk = true;
        while (p.nextToken() == JsonToken.FIELD_NAME) {
            String name = p.currentName();
            p.nextToken();
            switch (name) {
                case "delta" -> delta.read(p, out);
                case "message" -> delta.readWhole(p, out);
                case "finish_reason" -> finish(Json.text(p));
                // Moonshot sends it inside the choice.
                case "usage" -> usage(p);
                // The legacy completion endpoint, and servers that confuse the two.
                case "text" -> ChatDelta.text(p, out);
                // OpenRouter, where one of several answers failed.
                case "error" -> error(p);
                default -> p.skipChildren();
            }
        }
    }

    private void finish(@Nullable String reason) {
        if (reason == null || reason.isEmpty()) {
            return;
        }
        if (reason.equals("error")) {
            failed = true;
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

    /// Some servers count along in every chunk: only what changed is news. A chunk of numbers alone
    /// is the last one, so the end marker is not waited for; behind numbers that came with the
    /// finish another such chunk may follow, and then counts instead.
    private void report(Consumer<StreamEvent> out) {
        if (usage == null) {
            return;
        }
        if (!usage.equals(lastUsage)) {
            lastUsage = usage;
            out.accept(new StreamEvent.UsageReport(usage));
        }
        if (finish != null) {
            state = choiceInChunk ? State.COUNTED : State.DONE;
        }
    }
}
