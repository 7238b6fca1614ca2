package hal0.providers.testing;

import hal0.providers.event.StopReason;
import hal0.providers.event.StreamEvent;
import hal0.providers.message.ChatRequest;
import hal0.providers.message.Extra;
import hal0.providers.message.Part;
import hal0.providers.message.Protocol;
import hal0.providers.message.Tool;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/// What OpenAI's Responses cannot keep apart.
///
/// **Shape** in requests: that a tool is not strict is how it is when nothing is said; that nothing
/// is stored is said always. In answers: a stop sequence is an end and a pause something else; a
/// call whose name came late stands behind others.
final class ResponsesLosses implements Losses {

    @Override
    public ChatRequest request(ChatRequest request) {
        List<Tool> tools = request.tools().stream().map(ResponsesLosses::tool).toList();
        return new ChatRequest(
                request.model(),
                request.messages(),
                tools,
                request.options(),
                request.stream(),
                request.extra());
    }

    private static Tool tool(Tool tool) {
        return Boolean.FALSE.equals(tool.strict())
                ? new Tool(tool.name(), tool.description(), tool.schema(), null, tool.cache())
                : tool;
    }

    @Override
    public ChatRequest added(ChatRequest read, ChatRequest asked) {
        SequencedMap<String, String> fields = new LinkedHashMap<>(read.extra().fields());
        fields.remove("store", "false");
        fields.remove("include", "[\"reasoning.encrypted_content\"]");
        return new ChatRequest(
                read.model(),
                read.messages(),
                read.tools(),
                read.options(),
                read.stream(),
                fields.isEmpty() ? Extra.NONE : new Extra(Protocol.RESPONSES, fields));
    }

    @Override
    public List<StreamEvent> events(List<StreamEvent> events) {
        return Losses.without(events, Protocol.RESPONSES);
    }

    @Override
    public AnswerForm answer(AnswerForm answer) {
        StopReason reason =
                switch (answer.reason()) {
                    case STOP_SEQUENCE -> StopReason.END;
                    case PAUSE -> StopReason.OTHER;
                    case END, LENGTH, TOOL_CALLS, REFUSAL, OTHER -> answer.reason();
                    case null -> null;
                };
        List<Part> calls = new ArrayList<>();
        for (Part part : answer.parts()) {
            if (part instanceof Part.ToolCall) {
                calls.add(part);
            }
        }
        calls.sort(Comparator.comparing(call -> ((Part.ToolCall) call).id()));
        List<Part> parts =
                answer.parts().stream()
                        .map(part -> part instanceof Part.ToolCall ? calls.removeFirst() : part)
                        .toList();
        return new AnswerForm(parts, Losses.oneCache(answer.usage()), reason, null);
    }
}
