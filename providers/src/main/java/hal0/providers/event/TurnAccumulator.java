package hal0.providers.event;

import hal0.providers.message.Message;
import hal0.providers.message.Part;
import hal0.providers.message.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Folds the events of an answer into the message that goes into the conversation.
///
/// **Shape** may be asked at any time: a turn that was broken off gives what had come. Calls of
/// tools stand where they began, parallel ones in the order of their index. **Threads** one.
public final class TurnAccumulator {
    private final List<Part> parts = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();
    private final StringBuilder thinking = new StringBuilder();
    private final Map<Integer, Call> calls = new TreeMap<>();
    private int callsAt = -1;
    private Usage usage = Usage.NONE;
    private boolean counted;
    private @Nullable StopReason reason;
    private @Nullable String stopSequence;

    private static final class Call {
        private @Nullable String id;
        private @Nullable String name;
        private @Nullable String signature;
        private final StringBuilder arguments = new StringBuilder();
    }

    public void add(StreamEvent event) {
        switch (event) {
            case StreamEvent.Started _ -> {}
            case StreamEvent.TextDelta(var piece) -> {
                endThinking(null);
                text.append(piece);
            }
            case StreamEvent.ThinkingDelta(var piece) -> {
                endText();
                thinking.append(piece);
            }
            case StreamEvent.ThinkingSignature(var signature) -> {
                endText();
                endThinking(signature);
            }
            case StreamEvent.RedactedThinking(var data) -> {
                endText();
                endThinking(null);
                parts.add(new Part.RedactedThinking(data));
            }
            case StreamEvent.OpaquePart(var part) -> {
                endText();
                endThinking(null);
                parts.add(part);
            }
            case StreamEvent.ToolCallDelta delta -> add(delta);
            case StreamEvent.UsageReport(var report) -> {
                usage = report;
                counted = true;
            }
            case StreamEvent.Done(var why, var sequence) -> {
                reason = why;
                stopSequence = sequence;
            }
        }
    }

    private void add(StreamEvent.ToolCallDelta delta) {
        endText();
        endThinking(null);
        if (callsAt < 0) {
            callsAt = parts.size();
        }
        Call call = calls.computeIfAbsent(delta.index(), _ -> new Call());
        if (delta.id() != null) {
            call.id = delta.id();
        }
        if (delta.name() != null) {
            call.name = delta.name();
        }
        if (delta.signature() != null) {
            call.signature = delta.signature();
        }
        call.arguments.append(delta.argumentsPart());
    }

    private void endText() {
        if (!text.isEmpty()) {
            parts.add(new Part.Text(text.toString()));
            text.setLength(0);
        }
    }

    /// A signature without text is a thought that the provider chose not to show; it must come back
    /// too.
    private void endThinking(@Nullable String signature) {
        if (!thinking.isEmpty() || signature != null) {
            parts.add(new Part.Thinking(thinking.toString(), signature));
            thinking.setLength(0);
        }
    }

    /// The assistant's message as far as it has come; without parts when nothing has.
    public Message message() {
        List<Part> all = new ArrayList<>(parts);
        if (callsAt >= 0) {
            all.addAll(callsAt, calls.entrySet().stream().map(TurnAccumulator::call).toList());
        }
        if (!thinking.isEmpty()) {
            all.add(new Part.Thinking(thinking.toString(), null));
        }
        if (!text.isEmpty()) {
            all.add(new Part.Text(text.toString()));
        }
        return new Message(Role.ASSISTANT, all);
    }

    private static Part call(Map.Entry<Integer, Call> entry) {
        Call call = entry.getValue();
        // Some servers send no id; the result needs one to refer to.
        String id = call.id != null ? call.id : "call_" + entry.getKey();
        return new Part.ToolCall(
                id, call.name != null ? call.name : "", call.arguments.toString(), call.signature);
    }

    /// The latest numbers; none when the provider gave none.
    public Usage usage() {
        return usage;
    }

    /// Whether the provider counted at all.
    public boolean counted() {
        return counted;
    }

    /// Why the answer ended, or null while it has not.
    public @Nullable StopReason reason() {
        return reason;
    }

    /// The stop sequence that was written, where the provider told.
    public @Nullable String stopSequence() {
        return stopSequence;
    }
}
