package hal0.providers.testing;

import hal0.providers.dialect.ToolMedia;
import hal0.providers.event.StopReason;
import hal0.providers.event.StreamEvent;
import hal0.providers.event.Usage;
import hal0.providers.message.ChatRequest;
import hal0.providers.message.MediaSource;
import hal0.providers.message.Message;
import hal0.providers.message.Options;
import hal0.providers.message.Part;
import hal0.providers.message.Protocol;
import hal0.providers.message.Reasoning;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// What Gemini cannot keep apart.
///
/// **Shape** in requests: an effort above high is high, and a budget of nothing one of none;
/// results stand in the order of their calls, their texts are one and stand before their media, and
/// media by address stand behind them; arguments that are no object are within one. In answers: a
/// stop sequence is an end and a pause something else; what was written to a cache is input; money
/// is not said.
final class GeminiLosses implements Losses {

    @Override
    public ChatRequest request(ChatRequest request) {
        List<Message> messages = new ArrayList<>();
        List<String> calls = List.of();
        for (Message message : request.messages()) {
            switch (message.role()) {
                case SYSTEM -> messages.add(message);
                case USER -> messages.add(user(message, calls));
                case ASSISTANT -> {
                    calls = new ArrayList<>();
                    for (Part part : message.parts()) {
                        if (part instanceof Part.ToolCall call) {
                            calls.add(call.id());
                        }
                    }
                    messages.add(message);
                }
            }
        }
        return request.withMessages(messages).withOptions(options(request.options()));
    }

    private static Part withObject(Part part) {
        return part instanceof Part.ToolCall(var id, var name, var arguments, var signature)
                ? new Part.ToolCall(id, name, Canonical.asObject(arguments), signature)
                : part;
    }

    private static Message user(Message message, List<String> calls) {
        List<Part.ToolResult> results = new ArrayList<>();
        List<Part> behind = new ArrayList<>();
        List<Part> rest = new ArrayList<>();
        for (Part part : message.parts()) {
            if (part instanceof Part.ToolResult result) {
                results.add(result);
            } else {
                rest.add(part);
            }
        }
        results.sort(Comparator.comparingInt(result -> calls.indexOf(result.callId())));
        List<Part> all = new ArrayList<>();
        for (Part.ToolResult result : results) {
            all.add(result(result, behind));
        }
        all.addAll(behind);
        all.addAll(rest);
        return new Message(message.role(), all);
    }

    private static Part result(Part.ToolResult result, List<Part> behind) {
        StringBuilder text = new StringBuilder();
        List<Part> media = new ArrayList<>();
        for (Part part : result.content()) {
            switch (part) {
                case Part.Text(var piece) -> text.append(piece);
                case Part.Image(MediaSource.Base64 source, _) -> media.add(new Part.Image(source));
                case Part.Document(MediaSource.Base64 _, _) -> media.add(part);
                default -> behind.addAll(ToolMedia.behind(result.callId(), part));
            }
        }
        if (!text.isEmpty()) {
            media.addFirst(new Part.Text(text.toString()));
        }
        return new Part.ToolResult(result.callId(), media, result.failed());
    }

    private static Options options(Options options) {
        Reasoning asked = options.reasoning();
        if (asked != null && asked.isOff()) {
            Reasoning off = new Reasoning(Reasoning.Effort.NONE, null, asked.shown());
            return options.toBuilder().reasoning(off).build();
        }
        if (asked == null || asked.effort() == null) {
            return options;
        }
        Reasoning.Effort effort =
                switch (asked.effort()) {
                    case XHIGH, MAX -> Reasoning.Effort.HIGH;
                    case NONE, MINIMAL, LOW, MEDIUM, HIGH -> asked.effort();
                };
        return options.toBuilder().reasoning(new Reasoning(effort, null, asked.shown())).build();
    }

    @Override
    public List<StreamEvent> events(List<StreamEvent> events) {
        return Losses.without(events, Protocol.GEMINI).stream()
                .filter(event -> !(event instanceof StreamEvent.RedactedThinking))
                .toList();
    }

    @Override
    public AnswerForm answer(AnswerForm answer) {
        List<Part> parts = answer.parts().stream().map(GeminiLosses::withObject).toList();
        boolean calls = parts.stream().anyMatch(part -> part instanceof Part.ToolCall);
        StopReason reason =
                switch (answer.reason()) {
                    case END, TOOL_CALLS, STOP_SEQUENCE ->
                            calls ? StopReason.TOOL_CALLS : StopReason.END;
                    case PAUSE, OTHER -> StopReason.OTHER;
                    case LENGTH -> StopReason.LENGTH;
                    case REFUSAL -> StopReason.REFUSAL;
                    case null -> null;
                };
        Usage usage = answer.usage();
        return new AnswerForm(
                parts,
                new Usage(
                        usage.input() + usage.cacheWrite(),
                        usage.output(),
                        usage.cacheRead(),
                        0,
                        0,
                        usage.reasoning(),
                        null),
                reason,
                null);
    }
}
