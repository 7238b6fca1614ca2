package hal0.providers.testing;

import hal0.providers.event.StopReason;
import hal0.providers.event.StreamEvent;
import hal0.providers.message.ChatRequest;
import hal0.providers.message.Message;
import hal0.providers.message.Part;
import hal0.providers.message.Protocol;
import hal0.providers.message.Role;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// What OpenAI's Chat Completions cannot keep apart.
///
/// **Shape** in requests: the texts of an assistant are one and stand before its calls, and those
/// of a result are one. In answers: the same, with thoughts first; an end is an end or calls; a
/// call whose name came late stands behind others.
final class OpenAiLosses implements Losses {

    @Override
    public ChatRequest request(ChatRequest request) {
        List<Message> messages = new ArrayList<>();
        for (Message message : request.messages()) {
            messages.add(
                    new Message(
                            message.role(),
                            message.role() == Role.ASSISTANT
                                    ? assistant(message.parts())
                                    : message.parts().stream().map(OpenAiLosses::result).toList()));
        }
        return request.withMessages(messages);
    }

    /// Messages that were neighbours only in normal form were written one by one.
    @Override
    public ChatRequest added(ChatRequest read, ChatRequest asked) {
        return request(read);
    }

    private static List<Part> assistant(List<Part> parts) {
        List<Part> calls = new ArrayList<>();
        for (Part part : parts) {
            if (part instanceof Part.ToolCall) {
                calls.add(part);
            }
        }
        List<Part> said = new ArrayList<>(text(parts));
        said.addAll(calls);
        return said;
    }

    private static Part result(Part part) {
        return part instanceof Part.ToolResult(var id, var content, var failed)
                ? new Part.ToolResult(id, text(content), failed)
                : part;
    }

    private static List<Part> text(List<Part> parts) {
        StringBuilder text = new StringBuilder();
        for (Part part : parts) {
            if (part instanceof Part.Text(var piece)) {
                text.append(piece);
            }
        }
        return text.isEmpty() ? List.of() : List.of(new Part.Text(text.toString()));
    }

    @Override
    public List<StreamEvent> events(List<StreamEvent> events) {
        return Losses.without(events, Protocol.OPENAI);
    }

    @Override
    public AnswerForm answer(AnswerForm answer) {
        List<Part> thoughts = new ArrayList<>();
        List<Part> calls = new ArrayList<>();
        for (Part part : answer.parts()) {
            if (part instanceof Part.ToolCall) {
                calls.add(part);
            } else if (!(part instanceof Part.Text)) {
                thoughts.add(part);
            }
        }
        calls.sort(Comparator.comparing(call -> ((Part.ToolCall) call).id()));
        List<Part> parts = new ArrayList<>(thoughts);
        parts.addAll(text(answer.parts()));
        parts.addAll(calls);
        StopReason reason =
                switch (answer.reason()) {
                    case END, TOOL_CALLS, STOP_SEQUENCE, PAUSE, OTHER ->
                            calls.isEmpty() ? StopReason.END : StopReason.TOOL_CALLS;
                    case LENGTH, REFUSAL -> answer.reason();
                    case null -> null;
                };
        return new AnswerForm(parts, Losses.oneCache(answer.usage()), reason, null);
    }
}
