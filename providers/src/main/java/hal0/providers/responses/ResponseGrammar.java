package hal0.providers.responses;

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
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Reads the events of an answer, and whole answers.
///
/// **Shape** an event says what it is in its `type`, which may stand anywhere in it; so its parts
/// are gathered first, and acted on at its end. The last event holds the whole answer again, which
/// counts where nothing was said before. **Source** `ResponseStreamEvent` in
/// resources/responses/responses.d.ts of the npm package openai 6.49.0; the streams under
/// packages/openai/src/responses/\_\_fixtures\_\_ in vercel/ai; read 2026-11-21.
final class ResponseGrammar implements AnswerGrammar {
    private final ItemReading items = new ItemReading();
    private State state = State.OPEN;
    private boolean started;
    private boolean lacksOutput;
    private @Nullable StopReason stop;

    // Of the event being read.
    private String type = "";
    private @Nullable String words;
    private @Nullable String name;
    private int output;
    private int content;
    private int summary;
    private @Nullable AnswerItem item;
    private @Nullable AnswerBody response;
    private @Nullable ErrorBody error;
    private @Nullable String code;
    private @Nullable String message;

    @Override
    public State reached() {
        return state;
    }

    @Override
    public @Nullable String lacks() {
        return lacksOutput ? "output" : null;
    }

    @Override
    public StreamEvent.Done done() {
        StopReason reason = stop == null ? StopReason.END : stop;
        if (reason == StopReason.END && items.refused()) {
            reason = StopReason.REFUSAL;
        } else if (reason == StopReason.END && items.callsTools()) {
            reason = StopReason.TOOL_CALLS;
        }
        return new StreamEvent.Done(reason);
    }

    @Override
    public boolean whole(JsonParser p, Consumer<StreamEvent> out)
            throws IOException, ReportedException {
        p.nextToken();
        AnswerBody body = AnswerBody.read(p, true);
        if (body == null) {
            throw new IOException("not an object");
        }
        fail(body);
        lacksOutput = body.output() == null || !isOver(body.status());
        if (!lacksOutput) {
            finish(body, out);
        }
        return false;
    }

    /// Servers that leave the status out answer when they are done.
    private static boolean isOver(String status) {
        return !status.equals("in_progress") && !status.equals("queued");
    }

    @Override
    public void event(JsonParser p, Consumer<StreamEvent> out)
            throws IOException, ReportedException {
        clear();
        if (p.nextToken() != JsonToken.START_OBJECT) {
            throw new IOException("not an object");
        }
        while (p.nextToken() == JsonToken.FIELD_NAME) {
            field(p);
        }
        if (p.currentToken() != JsonToken.END_OBJECT) {
            throw new IOException("the object does not end");
        }
        if (error != null) {
            throw new ReportedException(error);
        }
        act(out);
    }

    private void clear() {
        type = "";
        words = null;
        name = null;
        output = 0;
        content = 0;
        summary = 0;
        item = null;
        response = null;
        error = null;
        code = null;
        message = null;
    }

    private void field(JsonParser p) throws IOException {
        String field = p.currentName();
        p.nextToken();
        switch (field) {
            case "type" -> type = p.getText();
            case "delta", "text", "refusal", "arguments" -> words = Json.text(p);
            case "name" -> name = Json.text(p);
            case "output_index" -> output = (int) Json.number(p);
            case "content_index" -> content = (int) Json.number(p);
            case "summary_index" -> summary = (int) Json.number(p);
            case "item" -> item = AnswerItem.read(p);
            case "response" -> response = AnswerBody.read(p, !items.said());
            case "error" -> {
                if (p.currentToken() != JsonToken.VALUE_NULL) {
                    error = ErrorBody.read(p);
                }
            }
            case "code" -> code = Json.text(p);
            case "message" -> message = Json.text(p);
            default -> p.skipChildren();
        }
    }

    private void act(Consumer<StreamEvent> out) throws ReportedException {
        switch (type) {
            case "response.output_text.delta" -> text(false, false, out);
            case "response.output_text.done" -> text(false, true, out);
            case "response.refusal.delta" -> text(true, false, out);
            case "response.refusal.done" -> text(true, true, out);
            case "response.reasoning_summary_text.delta" ->
                    thought(SealedReasoning.Kind.SUMMARY, summary, false, out);
            case "response.reasoning_summary_text.done" ->
                    thought(SealedReasoning.Kind.SUMMARY, summary, true, out);
            case "response.reasoning_text.delta" ->
                    thought(SealedReasoning.Kind.CONTENT, content, false, out);
            case "response.reasoning_text.done" ->
                    thought(SealedReasoning.Kind.CONTENT, content, true, out);
            case "response.function_call_arguments.delta" -> {
                start(out);
                items.arguments(output, words, out);
            }
            case "response.function_call_arguments.done" -> {
                start(out);
                items.argumentsEnd(output, name, words, out);
            }
            case "response.output_item.added" -> {
                if (item != null) {
                    start(out);
                    items.begin(output, item, out);
                }
            }
            case "response.output_item.done" -> {
                if (item != null) {
                    start(out);
                    items.end(output, item, out);
                }
            }
            case "response.created", "response.in_progress", "response.queued" -> start(out);
            // OpenRouter's documentation has the last one.
            case "response.completed", "response.incomplete", "response.done" -> over(out);
            case "response.failed", "response.cancelled", "error" -> throw failed();
            default -> {
                // Progress of hosted tools, parts that the items hold, what is yet to be invented.
            }
        }
    }

    private void start(Consumer<StreamEvent> out) {
        if (!started) {
            started = true;
            out.accept(
                    new StreamEvent.Started(
                            response == null ? null : response.id(),
                            response == null ? null : response.model()));
        }
    }

    private void text(boolean refusal, boolean whole, Consumer<StreamEvent> out) {
        start(out);
        items.text(output, content, words, refusal, whole, out);
    }

    private void thought(
            SealedReasoning.Kind kind, int part, boolean whole, Consumer<StreamEvent> out) {
        start(out);
        items.thought(output, kind, part, words, whole, out);
    }

    private void over(Consumer<StreamEvent> out) throws ReportedException {
        if (response == null) {
            start(out);
        } else {
            fail(response);
            finish(response, out);
        }
        if (stop == null && type.equals("response.incomplete")) {
            stop = StopReason.OTHER;
        }
        state = State.DONE;
    }

    private void finish(AnswerBody body, Consumer<StreamEvent> out) {
        response = body;
        start(out);
        List<AnswerItem> all = body.output();
        if (all != null) {
            for (int i = 0; i < all.size(); i++) {
                items.end(i, all.get(i), out);
            }
        }
        if (body.usage() != null) {
            out.accept(new StreamEvent.UsageReport(body.usage()));
        }
        if (body.status().equals("incomplete") || body.incompleteReason() != null) {
            stop =
                    switch (body.incompleteReason()) {
                        case "max_output_tokens", "max_tokens" -> StopReason.LENGTH;
                        case "content_filter" -> StopReason.REFUSAL;
                        case null, default -> StopReason.OTHER;
                    };
        }
    }

    private static void fail(AnswerBody body) throws ReportedException {
        String status = body.status();
        if (body.error() != null || status.equals("failed") || status.equals("cancelled")) {
            throw new ReportedException(body.error() == null ? told(status) : body.error());
        }
    }

    /// What failed says why in its answer, or in words of its own.
    private ReportedException failed() throws ReportedException {
        if (response != null) {
            fail(response);
        }
        boolean silent = code == null && message == null;
        return new ReportedException(
                silent ? told(type) : new ErrorBody(message, null, code, null, null));
    }

    private static ErrorBody told(String what) {
        String how = what.endsWith("cancelled") ? "was cancelled" : "failed";
        return new ErrorBody(
                "the answer " + how + ", and no reason was given", null, null, null, null);
    }
}
