package hal0.providers.testing;

import hal0.providers.event.StopReason;
import hal0.providers.event.StreamEvent;
import hal0.providers.message.ChatRequest;
import hal0.providers.message.Message;
import hal0.providers.message.Options;
import hal0.providers.message.Part;
import hal0.providers.message.Protocol;
import hal0.providers.message.Reasoning;
import hal0.providers.message.Role;
import hal0.providers.message.Tool;
import hal0.providers.message.ToolChoice;
import java.util.ArrayList;
import java.util.List;

/// What Anthropic's Messages cannot keep apart.
///
/// **Shape** in requests: texts of space only are refused and left out, and so is space at the end
/// of what the model is to go on with; who is not to think shows nothing, and the least effort is
/// low; whether calls may be parallel is not said where none may be. A limit is demanded, and who
/// marks nothing gets marks.
final class AnthropicLosses implements Losses {

    @Override
    public ChatRequest request(ChatRequest request) {
        List<Message> messages = new ArrayList<>();
        for (Message message : request.messages()) {
            boolean last = message == request.messages().getLast();
            boolean prefill = last && message.role() == Role.ASSISTANT;
            List<Part> said = said(message.parts());
            messages.add(new Message(message.role(), prefill ? stripped(said) : said));
        }
        Options options = request.options();
        if (options.toolChoice() instanceof ToolChoice.None) {
            options = options.toBuilder().parallelTools(null).build();
        }
        Reasoning asked = options.reasoning();
        if (asked != null && asked.isOff()) {
            options = options.toBuilder().reasoning(Reasoning.of(Reasoning.Effort.NONE)).build();
        } else if (asked != null && asked.effort() == Reasoning.Effort.MINIMAL) {
            Reasoning low = new Reasoning(Reasoning.Effort.LOW, null, asked.shown());
            options = options.toBuilder().reasoning(low).build();
        }
        return request.withMessages(messages).withOptions(options);
    }

    /// A mark behind what is left out stands behind what was before it.
    private static List<Part> said(List<Part> parts) {
        List<Part> said = new ArrayList<>();
        for (Part part : parts) {
            boolean blank = part instanceof Part.Text(var text) && text.isBlank();
            boolean nothing =
                    part instanceof Part.Cache && (said.isEmpty() || !takesMark(said.getLast()));
            boolean second = part instanceof Part.Cache && isMark(said);
            if (second) {
                said.removeLast();
            }
            if (!blank && (second || !nothing)) {
                said.add(
                        part instanceof Part.ToolResult(var id, var content, var failed)
                                ? new Part.ToolResult(id, said(content), failed)
                                : part);
            }
        }
        return said;
    }

    private static boolean isMark(List<Part> parts) {
        return !parts.isEmpty() && parts.getLast() instanceof Part.Cache;
    }

    private static boolean takesMark(Part part) {
        return switch (part) {
            case Part.Cache _, Part.Thinking _, Part.RedactedThinking _, Part.Opaque _ -> false;
            case Part.Text _,
                    Part.Image _,
                    Part.Document _,
                    Part.Audio _,
                    Part.ToolCall _,
                    Part.ToolResult _ ->
                    true;
        };
    }

    /// What the model is to go on with cannot end in space.
    private static List<Part> stripped(List<Part> parts) {
        List<Part> stripped = new ArrayList<>(parts);
        int last = parts.size() - (isMark(parts) ? 2 : 1);
        if (last >= 0 && parts.get(last) instanceof Part.Text(var text)) {
            stripped.set(last, new Part.Text(text.stripTrailing()));
        }
        return stripped;
    }

    @Override
    public ChatRequest added(ChatRequest read, ChatRequest asked) {
        Options options = read.options();
        if (asked.options().maxTokens() == null) {
            options = options.withMaxTokens(null);
        }
        ChatRequest own = read.withOptions(options);
        return isMarked(asked) ? own : withoutMarks(own);
    }

    private static boolean isMarked(ChatRequest request) {
        return request.tools().stream().anyMatch(tool -> tool.cache() != null)
                || request.messages().stream()
                        .flatMap(m -> m.parts().stream())
                        .anyMatch(part -> part instanceof Part.Cache);
    }

    private static ChatRequest withoutMarks(ChatRequest request) {
        List<Message> messages =
                request.messages().stream()
                        .map(m ->
                                new Message(
                                        m.role(),
                                        m.parts().stream()
                                                .filter(part -> !(part instanceof Part.Cache))
                                                .toList()))
                        .toList();
        List<Tool> tools =
                request.tools().stream()
                        .map(t -> new Tool(t.name(), t.description(), t.schema(), t.strict(), null))
                        .toList();
        return new ChatRequest(
                request.model(),
                messages,
                tools,
                request.options(),
                request.stream(),
                request.extra());
    }

    @Override
    public List<StreamEvent> events(List<StreamEvent> events) {
        return Losses.without(events, Protocol.ANTHROPIC);
    }

    /// The signature of a call travels as a thought of its own, which finds back to it when the
    /// client sends it again.
    @Override
    public AnswerForm answer(AnswerForm answer) {
        List<Part> parts = new ArrayList<>();
        for (Part part : answer.parts()) {
            switch (part) {
                case Part.ToolCall(var id, var name, var arguments, _) ->
                        parts.add(new Part.ToolCall(id, name, Canonical.asObject(arguments)));
                case Part.Thinking(var text, var signature)
                        when signature != null && signature.startsWith("hal0.call:") -> {
                    if (!text.isEmpty()) {
                        parts.add(new Part.Thinking(text, null));
                    }
                }
                case Part.Thinking _,
                        Part.Text _,
                        Part.RedactedThinking _,
                        Part.Image _,
                        Part.Document _,
                        Part.Audio _,
                        Part.Cache _,
                        Part.Opaque _,
                        Part.ToolResult _ ->
                        parts.add(part);
            }
        }
        StopReason reason = answer.reason() == StopReason.OTHER ? StopReason.END : answer.reason();
        return new AnswerForm(parts, answer.usage(), reason, answer.stopSequence());
    }
}
