package hal0.providers.openai;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import hal0.providers.dialect.Json;
import hal0.providers.event.StreamEvent;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// What the model says in one answer: the `delta` of a chunk, or the `message` of a whole answer.
///
/// **Source** packages/deepseek/src/chat/__fixtures__ in vercel/ai (`reasoning_content`),
/// src/chat/schemas.ts in OpenRouterTeam/ai-sdk-provider and
/// src/groq/types/chat/chat_completion_chunk.py in groq/groq-python (`reasoning`),
/// src/mistralai/models/thinkchunk.py in mistralai/client-python (lists), read 2026-11-21.
final class ChatDelta {
    private final ToolCalls calls = new ToolCalls();
    private boolean refused;

    /// Where the thoughts of a whole message wait, whose list of details may say them better.
    private @Nullable List<StreamEvent> wholeWords;

    /// Whether the model refused in words of its own.
    boolean refused() {
        return refused;
    }

    boolean callsTools() {
        return calls.any();
    }

    /// Reads a whole message: what was thought comes before what was said, and that before calls,
    /// wherever they stand in it (DeepSeek has the thoughts last).
    void readWhole(JsonParser p, Consumer<StreamEvent> out) throws IOException {
        List<StreamEvent> events = new ArrayList<>();
        List<StreamEvent> words = new ArrayList<>();
        wholeWords = words;
        read(p, events::add);
        if (events.stream().noneMatch(StreamEvent.ThinkingDelta.class::isInstance)) {
            events.addAll(0, words);
        }
        events.sort(Comparator.comparingInt(ChatDelta::rank));
        events.forEach(out);
    }

    private static int rank(StreamEvent event) {
        return switch (event) {
            case StreamEvent.Started _,
                    StreamEvent.ThinkingDelta _,
                    StreamEvent.ThinkingSignature _,
                    StreamEvent.RedactedThinking _,
                    StreamEvent.OpaquePart _ ->
                    0;
            case StreamEvent.TextDelta _ -> 1;
            case StreamEvent.ToolCallDelta _ -> 2;
            case StreamEvent.UsageReport _, StreamEvent.Done _ -> 3;
        };
    }

    /// Reads the object at hand; anything else is skipped.
    void read(JsonParser p, Consumer<StreamEvent> out) throws IOException {
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
                        thought = thinking(p, wholeWords == null ? out : wholeWords::add);
                    }
                }
                case ReasoningDetails.FIELD ->
                        thought |= ReasoningDetails.events(p, !thought || wholeWords != null, out);
                case "refusal" -> refusal(p, out);
                case "tool_calls" -> calls.read(p, out);
                case "function_call" -> calls.readLegacy(p, out);
                default -> p.skipChildren();
            }
        }
    }

    static void text(JsonParser p, Consumer<StreamEvent> out) throws IOException {
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
                case "thinking" -> text(p, event -> thought(event, out));
                default -> p.skipChildren();
            }
        }
    }

    private static void thought(StreamEvent event, Consumer<StreamEvent> out) {
        if (event instanceof StreamEvent.TextDelta(var words)) {
            out.accept(new StreamEvent.ThinkingDelta(words));
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
}
