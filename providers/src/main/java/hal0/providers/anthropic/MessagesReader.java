package hal0.providers.anthropic;

import hal0.providers.dialect.CacheControl;
import hal0.providers.dialect.InvalidRequestException;
import hal0.providers.dialect.ReadRequest;
import hal0.providers.dialect.RequestLine;
import hal0.providers.dialect.RequestValue;
import hal0.providers.message.ChatRequest;
import hal0.providers.message.Extra;
import hal0.providers.message.Message;
import hal0.providers.message.Options;
import hal0.providers.message.Part;
import hal0.providers.message.Protocol;
import hal0.providers.message.Role;
import hal0.providers.message.Tool;
import hal0.providers.message.ToolChoice;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;

/// Reads the request of a client.
///
/// **Source** MessageCreateParamsBase in resources/messages/messages.d.ts of anthropic-ai/sdk
/// 1.11.0 at npm, read 2026-11-21; `temperature`, `top_p` and `top_k` as its older versions have
/// them. **Threads** one.
final class MessagesReader {
    private static final Set<String> KNOWN =
            Set.of(
                    "model",
                    "messages",
                    "max_tokens",
                    "system",
                    "stream",
                    "temperature",
                    "top_p",
                    "top_k",
                    "stop_sequences",
                    "tools",
                    "tool_choice",
                    "thinking",
                    "output_config",
                    "output_format",
                    "metadata");
    private static final Set<String> TOOL =
            Set.of("type", "name", "description", "input_schema", "strict", CacheControl.FIELD);

    private final List<String> ignored = new ArrayList<>();
    private final SequencedMap<String, String> extra = new LinkedHashMap<>();
    private final BlockReader blocks = new BlockReader(ignored);
    private final boolean counting;

    /// `counting` is whether only the tokens of the request are asked for, which needs no limit.
    MessagesReader(boolean counting) {
        this.counting = counting;
    }

    ReadRequest read(byte[] body, RequestLine line) throws InvalidRequestException {
        RequestValue root = RequestValue.parse(body);
        String model = line.model() != null ? line.model() : root.needString("model");
        if (!counting) {
            root.need("max_tokens");
        }
        List<Message> messages = messages(root);
        List<Tool> tools = tools(root);
        Options options = options(root);
        extra.putAll(root.others(KNOWN, ignored));
        RequestValue stream = root.find("stream");
        boolean streamed = stream != null && stream.truth();
        ChatRequest request =
                new ChatRequest(
                        model,
                        messages,
                        tools,
                        options,
                        line.streamed() != null ? line.streamed() : streamed,
                        extra.isEmpty() ? Extra.NONE : new Extra(Protocol.ANTHROPIC, extra));
        return new ReadRequest(request, ignored, true);
    }

    private List<Message> messages(RequestValue root) throws InvalidRequestException {
        List<Message> messages = new ArrayList<>();
        List<Part> system = blocks.content(root.find("system"));
        if (!system.isEmpty()) {
            messages.add(new Message(Role.SYSTEM, system));
        }
        List<RequestValue> said = root.need("messages").elements();
        if (said.isEmpty()) {
            throw root.need("messages").refused("must hold at least one message");
        }
        for (RequestValue message : said) {
            RequestValue role = message.need("role");
            Role speaker =
                    switch (role.string()) {
                        case "user" -> Role.USER;
                        case "assistant" -> Role.ASSISTANT;
                        case "system" -> Role.SYSTEM;
                        default -> throw role.refused("must be one of user, assistant, system");
                    };
            messages.add(new Message(speaker, blocks.content(message.need("content"))));
        }
        return messages;
    }

    /// Tools that the provider runs itself stay as they are.
    private List<Tool> tools(RequestValue root) throws InvalidRequestException {
        RequestValue list = root.find("tools");
        List<Tool> tools = new ArrayList<>();
        if (list == null) {
            return tools;
        }
        List<String> hosted = new ArrayList<>();
        for (RequestValue tool : list.elements()) {
            String type = tool.findString("type");
            if (type == null || type.equals("custom")) {
                tools.add(tool(tool));
            } else {
                hosted.add(tool.raw());
            }
        }
        if (!hosted.isEmpty()) {
            extra.put("tools", "[" + String.join(",", hosted) + "]");
        }
        return tools;
    }

    private Tool tool(RequestValue tool) throws InvalidRequestException {
        tool.unsaid(TOOL, ignored);
        RequestValue schema = tool.need("input_schema");
        RequestValue strict = tool.find("strict");
        if (!schema.isObject()) {
            throw schema.refused("must be a JSON Schema, which is an object");
        }
        return new Tool(
                tool.needString("name"),
                tool.findString("description"),
                schema.raw(),
                strict == null ? null : strict.truth(),
                CacheControl.of(tool, ignored));
    }

    private Options options(RequestValue root) throws InvalidRequestException {
        Options.Builder options = Options.builder();
        RequestValue maxTokens = root.find("max_tokens");
        RequestValue temperature = root.find("temperature");
        RequestValue topP = root.find("top_p");
        RequestValue topK = root.find("top_k");
        options.maxTokens(maxTokens == null ? null : Integer.valueOf(maxTokens.count()));
        options.temperature(temperature == null ? null : Double.valueOf(temperature.number()));
        options.topP(topP == null ? null : Double.valueOf(topP.number()));
        options.topK(topK == null ? null : Integer.valueOf(topK.count()));
        RequestValue stop = root.find("stop_sequences");
        if (stop != null) {
            List<String> sequences = new ArrayList<>();
            for (RequestValue sequence : stop.elements()) {
                sequences.add(sequence.string());
            }
            options.stop(sequences);
        }
        RequestValue metadata = root.find("metadata");
        if (metadata != null) {
            options.user(metadata.findString("user_id"));
            extra.putAll(metadata.others(Set.of("user_id"), ignored));
        }
        choice(root, options);
        new ThinkingReader(extra, ignored).read(root, options);
        return options.build();
    }

    private static void choice(RequestValue root, Options.Builder options)
            throws InvalidRequestException {
        RequestValue choice = root.find("tool_choice");
        if (choice == null) {
            return;
        }
        RequestValue type = choice.need("type");
        options.toolChoice(
                switch (type.string()) {
                    case "auto" -> new ToolChoice.Auto();
                    case "none" -> new ToolChoice.None();
                    case "any" -> new ToolChoice.Required();
                    case "tool" -> new ToolChoice.Named(choice.needString("name"));
                    default -> throw type.refused("must be one of auto, any, tool, none");
                });
        RequestValue single = choice.find("disable_parallel_tool_use");
        options.parallelTools(single == null ? null : Boolean.valueOf(!single.truth()));
    }
}
