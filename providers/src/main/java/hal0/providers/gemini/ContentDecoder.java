package hal0.providers.gemini;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import hal0.providers.dialect.AnswerDecoder;
import hal0.providers.dialect.AnswerErrors;
import hal0.providers.dialect.ErrorBody;
import hal0.providers.dialect.Json;
import hal0.providers.event.StopReason;
import hal0.providers.event.StreamEvent;
import hal0.providers.event.Usage;
import hal0.providers.message.Part;
import hal0.providers.sse.SseFrame;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Reads the pieces of an answer; a whole answer is one piece, and a stream that did not come as
/// events is an array of them.
///
/// **Shape** a stream has no end marker: a finish reason is the end, or a refused prompt.
/// **Source** google-tool-call-gemini3.chunks.txt, issue-19758-prompt-block.chunks.txt and
/// issue-18073-empty-text-thought-signature.chunks.txt under packages/google/src/\_\_fixtures\_\_
/// in vercel/ai; types.FinishReason at googleapis.github.io/js-genai; read 2026-11-21.
final class ContentDecoder implements AnswerDecoder {
    private final AnswerErrors errors;
    private State state = State.OPEN;
    private boolean started;
    private boolean candidateSeen;
    private int calls;
    private @Nullable String answerId;
    private @Nullable StopReason stop;
    private @Nullable Usage lastUsage;

    // Of the piece being read.
    private final List<AnswerPart> parts = new ArrayList<>();
    private @Nullable String id;
    private @Nullable String model;
    private @Nullable String finish;
    private boolean blocked;
    private @Nullable Usage usage;
    private @Nullable ErrorBody error;

    ContentDecoder(AnswerErrors errors) {
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
            pieces(p, out);
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
            // Cut behind the finish: the answer itself is whole.
            return;
        }
        if (error != null) {
            throw errors.inStream(error, frame);
        }
    }

    @Override
    public void whole(byte[] body, Consumer<StreamEvent> out) {
        boolean several;
        try (JsonParser p = Json.parser(body, 0, body.length)) {
            several = pieces(p, out);
        } catch (IOException e) {
            throw errors.bad("the answer is not JSON", body, 0, body.length, e);
        }
        if (error != null) {
            throw errors.inBody(error, body);
        }
        if (!candidateSeen && stop == null) {
            throw errors.bad("the answer has no candidates", body, 0, body.length, null);
        }
        if (several && stop == null) {
            throw errors.cut();
        }
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
        StopReason reason = stop == null ? StopReason.END : stop;
        state = State.DONE;
        // The API says STOP where the model waits for its tools.
        out.accept(
                new StreamEvent.Done(
                        reason == StopReason.END && calls > 0 ? StopReason.TOOL_CALLS : reason));
    }

    /// Reads one piece or an array of them, until one reports an error; whether it was an array.
    private boolean pieces(JsonParser p, Consumer<StreamEvent> out) throws IOException {
        JsonToken first = p.nextToken();
        if (first == JsonToken.START_OBJECT) {
            piece(p, out);
            return false;
        }
        if (first != JsonToken.START_ARRAY) {
            throw new IOException("neither an object nor an array");
        }
        while (error == null && p.nextToken() == JsonToken.START_OBJECT) {
            piece(p, out);
        }
        if (error == null && p.currentToken() != JsonToken.END_ARRAY) {
            throw new IOException("the array does not end");
        }
        return true;
    }

    private void piece(JsonParser p, Consumer<StreamEvent> out) throws IOException {
        parts.clear();
        id = null;
        model = null;
        finish = null;
        blocked = false;
        usage = null;
        error = null;
        while (p.nextToken() == JsonToken.FIELD_NAME) {
            String name = p.currentName();
            p.nextToken();
            switch (name) {
                case "candidates" -> candidates(p);
                case "promptFeedback" -> feedback(p);
                case "usageMetadata" -> usage = UsageMetadata.read(p);
                case "responseId" -> id = Json.text(p);
                case "modelVersion" -> model = Json.text(p);
                case "error" -> error(p);
                default -> p.skipChildren();
            }
        }
        if (p.currentToken() != JsonToken.END_OBJECT) {
            throw new IOException("the object does not end");
        }
        if (error == null) {
            act(out);
        }
    }

    private void error(JsonParser p) throws IOException {
        if (p.currentToken() != JsonToken.VALUE_NULL) {
            error = ErrorBody.read(p);
        }
    }

    private void candidates(JsonParser p) throws IOException {
        if (p.currentToken() != JsonToken.START_ARRAY) {
            p.skipChildren();
            return;
        }
        boolean first = true;
        while (p.nextToken() == JsonToken.START_OBJECT) {
            if (first) {
                candidate(p);
                first = false;
            } else {
                // Only one answer is ever asked for.
                p.skipChildren();
            }
        }
    }

    private void candidate(JsonParser p) throws IOException {
        candidateSeen = true;
        while (p.nextToken() == JsonToken.FIELD_NAME) {
            String name = p.currentName();
            p.nextToken();
            switch (name) {
                case "content" -> content(p);
                case "finishReason" -> finish = Json.text(p);
                default -> p.skipChildren();
            }
        }
    }

    private void content(JsonParser p) throws IOException {
        if (p.currentToken() != JsonToken.START_OBJECT) {
            p.skipChildren();
            return;
        }
        while (p.nextToken() == JsonToken.FIELD_NAME) {
            boolean list = p.currentName().equals("parts");
            if (p.nextToken() != JsonToken.START_ARRAY || !list) {
                p.skipChildren();
                continue;
            }
            while (p.nextToken() == JsonToken.START_OBJECT) {
                parts.add(AnswerPart.read(p));
            }
        }
    }

    private void feedback(JsonParser p) throws IOException {
        if (p.currentToken() != JsonToken.START_OBJECT) {
            p.skipChildren();
            return;
        }
        while (p.nextToken() == JsonToken.FIELD_NAME) {
            boolean reason = p.currentName().equals("blockReason");
            p.nextToken();
            if (reason) {
                blocked = Json.text(p) != null;
            } else {
                p.skipChildren();
            }
        }
    }

    private void act(Consumer<StreamEvent> out) {
        if (!started && (id != null || candidateSeen || blocked || usage != null)) {
            started = true;
            answerId = id;
            out.accept(new StreamEvent.Started(id, model));
        }
        boolean spoke = false;
        for (AnswerPart part : parts) {
            say(part, out);
            spoke |= part.text() != null;
        }
        if (blocked && stop == null) {
            stop = StopReason.REFUSAL;
        }
        finished();
        if (usage != null && !usage.equals(lastUsage)) {
            lastUsage = usage;
            out.accept(new StreamEvent.UsageReport(usage));
        }
        if (stop != null) {
            // Earlier models said STOP with every piece: one that speaks may not be the last.
            state = usage != null && !spoke ? State.COUNTED : State.COMPLETE;
        }
    }

    private void say(AnswerPart part, Consumer<StreamEvent> out) {
        if (part.isCall()) {
            int index = calls++;
            String callId = part.callId();
            if (callId == null && answerId != null) {
                callId = CallIds.invented(answerId, index);
            }
            out.accept(
                    new StreamEvent.ToolCallDelta(
                            index, callId, part.callName(), part.arguments(), part.signature()));
            return;
        }
        Part.Opaque opaque = part.opaque();
        if (opaque != null) {
            out.accept(new StreamEvent.OpaquePart(opaque));
            return;
        }
        String text = part.text();
        if (text != null) {
            out.accept(
                    part.isThought()
                            ? new StreamEvent.ThinkingDelta(text)
                            : new StreamEvent.TextDelta(text));
        }
        String signature = part.signature();
        if (signature != null) {
            out.accept(new StreamEvent.ThinkingSignature(signature));
        }
    }

    private void finished() {
        if (finish == null) {
            return;
        }
        stop =
                switch (finish) {
                    // The second is no word of the API's, but one of a server that plays it.
                    case "STOP", "FUNCTION_CALL" -> StopReason.END;
                    case "MAX_TOKENS" -> StopReason.LENGTH;
                    case "SAFETY",
                            "RECITATION",
                            "BLOCKLIST",
                            "PROHIBITED_CONTENT",
                            "SPII",
                            "MODEL_ARMOR",
                            "IMAGE_SAFETY",
                            "IMAGE_PROHIBITED_CONTENT",
                            "IMAGE_RECITATION" ->
                            StopReason.REFUSAL;
                    // MALFORMED_FUNCTION_CALL, UNEXPECTED_TOOL_CALL, LANGUAGE, and what is yet to
                    // be invented.
                    default -> StopReason.OTHER;
                };
    }
}
