package hal0.providers.responses;

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
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;

/// Reads a client's request.
///
/// **Shape** what only this protocol has goes to `Extra` by its place: `previous_response_id`,
/// `conversation` and `prompt`, which stand for input that is not here, among the rest; hosted
/// tools under `tools`, a choice among them under `tool_choice`. **Source** as [RequestWriter].
final class RequestReader {
    private static final Set<String> KNOWN =
            Set.of(
                    "model",
                    "stream",
                    "background",
                    "include",
                    "store",
                    "instructions",
                    "input",
                    "max_output_tokens",
                    "temperature",
                    "top_p",
                    "parallel_tool_calls",
                    "user",
                    "reasoning",
                    "text",
                    "tools",
                    "tool_choice");

    /// Where the input may be, if it is not in the request.
    private static final List<String> ELSEWHERE =
            List.of("previous_response_id", "conversation", "prompt");

    private final RequestValue body;
    private final RequestLine line;
    private final SequencedMap<String, String> extra = new LinkedHashMap<>();
    private final List<String> ignored = new ArrayList<>();

    private RequestReader(RequestValue body, RequestLine line) {
        this.body = body;
        this.line = line;
    }

    static ReadRequest read(byte[] body, RequestLine line) throws InvalidRequestException {
        return new RequestReader(RequestValue.parse(body), line).request();
    }

    private ReadRequest request() throws InvalidRequestException {
        RequestValue background = body.find("background");
        if (background != null && background.truth()) {
            throw background.refused(
                    "must be false: hal0 keeps no answers to be fetched later. Ask for a stream instead");
        }
        SettingsReader settings = new SettingsReader(body, extra, ignored);
        List<Tool> tools = settings.tools();
        Options options = settings.options();
        List<Message> messages = messages();
        extra.putAll(body.others(KNOWN, ignored));
        storage();
        RequestValue stream = body.find("stream");
        Boolean asked = stream == null ? line.streamed() : Boolean.valueOf(stream.truth());
        ChatRequest request =
                new ChatRequest(
                        model(),
                        messages,
                        tools,
                        options,
                        Boolean.TRUE.equals(asked),
                        extra.isEmpty() ? Extra.NONE : new Extra(Protocol.RESPONSES, extra));
        return new ReadRequest(request, ignored, true);
    }

    /// What every request of ours says by itself is nothing that only this client says.
    private void storage() throws InvalidRequestException {
        RequestValue store = body.find("store");
        if (store != null && store.truth()) {
            extra.put("store", store.raw());
        }
        RequestValue include = body.find("include");
        if (include == null) {
            return;
        }
        List<String> others = new ArrayList<>();
        for (RequestValue asked : include.elements()) {
            if (!asked.string().equals(RequestWriter.ENCRYPTED)) {
                others.add(asked.raw());
            }
        }
        if (!others.isEmpty()) {
            extra.put("include", "[" + String.join(",", others) + "]");
        }
    }

    private String model() throws InvalidRequestException {
        String model = body.findString("model");
        if (model != null) {
            return model;
        }
        return line.model() != null ? line.model() : body.needString("model");
    }

    private List<Message> messages() throws InvalidRequestException {
        RequestValue tools = body.find("tools");
        Namespaces names = tools == null ? Namespaces.NONE : Namespaces.of(tools);
        InputReader input = new InputReader(ignored, names);
        RequestValue instructions = body.find("instructions");
        if (instructions != null) {
            instructions(instructions, input);
        }
        RequestValue given = body.find("input");
        if (given == null) {
            if (isNowhere()) {
                throw new InvalidRequestException(
                        "input", "input is missing: a string or a list of items");
            }
        } else if (given.isString()) {
            input.add(new Message(Role.USER, List.of(new Part.Text(given.string()))));
        } else if (given.isList()) {
            for (RequestValue item : given.elements()) {
                input.item(item);
            }
        } else {
            throw given.refused("must be a string or a list of items");
        }
        return input.messages();
    }

    /// A string; the API itself answers with a list where a template gave them.
    private static void instructions(RequestValue instructions, InputReader input)
            throws InvalidRequestException {
        if (instructions.isList()) {
            for (RequestValue item : instructions.elements()) {
                input.item(item);
            }
        } else {
            input.add(Message.system(instructions.string()));
        }
    }

    private boolean isNowhere() throws InvalidRequestException {
        for (String field : ELSEWHERE) {
            if (body.find(field) != null) {
                return false;
            }
        }
        return true;
    }
}
