package hal0.providers.gemini;

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
import hal0.providers.message.Part;
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
final class ContentGrammar implements AnswerGrammar {
    private final UsageMetadata counts = new UsageMetadata();
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

    @Override
    public State reached() {
        return state;
    }

    @Override
    public void event(JsonParser p, Consumer<StreamEvent> out)
            throws IOException, ReportedException {
        pieces(p, out);
    }

    @Override
    public boolean whole(JsonParser p, Consumer<StreamEvent> out)
            throws IOException, ReportedException {
        return pieces(p, out);
    }

    @Override
    public @Nullable String lacks() {
        return candidateSeen || stop != null ? null : "candidates";
    }

    @Override
    public StreamEvent.Done done() {
        StopReason reason = stop == null ? StopReason.END : stop;
        // The API says STOP where the model waits for its tools.
        return new StreamEvent.Done(
                reason == StopReason.END && calls > 0 ? StopReason.TOOL_CALLS : reason);
    }

    /// Reads one piece or an array of them; whether it was an array.
    private boolean pieces(JsonParser p, Consumer<StreamEvent> out)
            throws IOException, ReportedException {
        JsonToken first = p.nextToken();
        if (first == JsonToken.START_OBJECT) {
            piece(p, out);
            return false;
        }
        if (first != JsonToken.START_ARRAY) {
            throw new IOException("neither an object nor an array");
        }
        while (p.nextToken() == JsonToken.START_OBJECT) {
            piece(p, out);
        }
        if (p.currentToken() != JsonToken.END_ARRAY) {
            throw new IOException("the array does not end");
        }
        return true;
    }

    private void piece(JsonParser p, Consumer<StreamEvent> out)
            throws IOException, ReportedException {
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
                case "usageMetadata" -> usage = counts.read(p);
                // Every piece repeats both.
                case "responseId" -> id = started ? null : Json.text(p);
                case "modelVersion" -> model = started ? null : Json.text(p);
                case "error" -> error(p);
                default -> p.skipChildren();
            }
        }
        if (p.currentToken() != JsonToken.END_OBJECT) {
            throw new IOException("the object does not end");
        }
        if (error != null) {
            throw new ReportedException(error);
        }
        act(out);
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
