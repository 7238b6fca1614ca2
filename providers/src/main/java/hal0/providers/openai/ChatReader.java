package hal0.providers.openai;

import hal0.providers.dialect.InvalidRequestException;
import hal0.providers.dialect.ReadRequest;
import hal0.providers.dialect.RequestLine;
import hal0.providers.dialect.RequestValue;
import hal0.providers.message.ChatRequest;
import hal0.providers.message.Extra;
import hal0.providers.message.Message;
import hal0.providers.message.Options;
import hal0.providers.message.Protocol;
import hal0.providers.message.Tool;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;

/// Reads the request of a client.
///
/// **Source** as for [OptionsWriter]; `functions` and `function_call` are of before `tools`.
/// **Threads** one.
final class ChatReader {
    private static final Set<String> KNOWN =
            Set.of(
                    "model",
                    "messages",
                    "stream",
                    "stream_options",
                    "max_tokens",
                    "max_completion_tokens",
                    "temperature",
                    "top_p",
                    "top_k",
                    "presence_penalty",
                    "frequency_penalty",
                    "seed",
                    "stop",
                    "n",
                    "tools",
                    "functions",
                    "tool_choice",
                    "function_call",
                    "parallel_tool_calls",
                    "reasoning_effort",
                    "reasoning",
                    "response_format",
                    "user");

    private final List<String> ignored = new ArrayList<>();
    private final SequencedMap<String, String> extra = new LinkedHashMap<>();

    ReadRequest read(byte[] body, RequestLine line) throws InvalidRequestException {
        RequestValue root = RequestValue.parse(body);
        String model = line.model() != null ? line.model() : root.needString("model");
        RequestValue n = root.find("n");
        if (n != null && n.integer() != 1) {
            throw n.refused("must be 1: one answer is given to a request");
        }
        List<Message> messages = new MessageReader(ignored).read(root.need("messages"));
        ToolReader toolReader = new ToolReader(extra, ignored);
        List<Tool> tools = toolReader.tools(root);
        Options.Builder options = Options.builder();
        toolReader.choice(root, options);
        new OptionsReader(extra, ignored).read(root, options);
        extra.putAll(root.others(KNOWN, ignored));
        RequestValue streamField = root.find("stream");
        boolean stream = streamField != null && streamField.truth();
        ChatRequest request =
                new ChatRequest(
                        model,
                        messages,
                        tools,
                        options.build(),
                        line.streamed() != null ? line.streamed() : stream,
                        extra.isEmpty() ? Extra.NONE : new Extra(Protocol.OPENAI, extra));
        return new ReadRequest(request, ignored, countsUsage(root));
    }

    private boolean countsUsage(RequestValue root) throws InvalidRequestException {
        RequestValue wishes = root.find("stream_options");
        if (wishes == null) {
            return false;
        }
        RequestValue usage = wishes.find("include_usage");
        return usage != null && usage.truth();
    }
}
