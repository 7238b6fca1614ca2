package hal0.agent;

import hal0.providers.event.StreamEvent;
import hal0.providers.message.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Puts the pieces of an answer together again, in the order in which they began.
final class AnswerParts {
    private final List<Part> parts = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();
    private final StringBuilder thinking = new StringBuilder();
    private final Map<Integer, Call> calls = new TreeMap<>();

    private static final class Call {
        private @Nullable String id;
        private @Nullable String name;
        private final StringBuilder arguments = new StringBuilder();
    }

    void add(StreamEvent event) {
        switch (event) {
            case StreamEvent.TextDelta delta -> {
                endThinking(null);
                text.append(delta.text());
            }
            case StreamEvent.ThinkingDelta delta -> {
                endText();
                thinking.append(delta.text());
            }
            case StreamEvent.ThinkingSignature signature -> endThinking(signature.signature());
            case StreamEvent.RedactedThinking redacted -> {
                endText();
                endThinking(null);
                parts.add(new Part.RedactedThinking(redacted.data()));
            }
            case StreamEvent.ToolCallDelta delta -> {
                Call call = calls.computeIfAbsent(delta.index(), _ -> new Call());
                call.id = delta.id() == null ? call.id : delta.id();
                call.name = delta.name() == null ? call.name : delta.name();
                call.arguments.append(delta.argumentsPart());
            }
            case StreamEvent.Started _, StreamEvent.UsageReport _, StreamEvent.Done _ -> {}
        }
    }

    /// What came so far; calls last, as every provider wants them.
    List<Part> parts() {
        endText();
        endThinking(null);
        List<Part> all = new ArrayList<>(parts);
        for (Call call : calls.values()) {
            if (call.id != null && call.name != null) {
                all.add(new Part.ToolCall(call.id, call.name, call.arguments.toString()));
            }
        }
        return all;
    }

    private void endText() {
        if (!text.isEmpty()) {
            parts.add(new Part.Text(text.toString()));
            text.setLength(0);
        }
    }

    private void endThinking(@Nullable String signature) {
        if (!thinking.isEmpty() || signature != null) {
            parts.add(new Part.Thinking(thinking.toString(), signature));
            thinking.setLength(0);
        }
    }
}
