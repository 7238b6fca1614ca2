package hal0.providers.openai;

import hal0.providers.dialect.InvalidRequestException;
import hal0.providers.dialect.RequestValue;
import hal0.providers.message.Message;
import hal0.providers.message.Part;
import hal0.providers.message.Role;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads the messages of a request.
///
/// **Shape** neighbouring messages of tools become one message of the user, which holds their
/// results. Calls of the older form have no ids and get some from their place. **Source**
/// ChatCompletionMessageParam in resources/chat/completions/completions.d.ts of openai 6.49.0 at
/// npm, read 2026-11-21. **Threads** one.
final class MessageReader {
    private static final Set<String> PLAIN = Set.of("role", "content");
    private static final Set<String> TOOL =
            Set.of("role", "content", "tool_call_id", "name", "cache_control");
    private static final Set<String> ASSISTANT =
            Set.of(
                    "role",
                    "content",
                    "refusal",
                    "tool_calls",
                    "function_call",
                    "reasoning_content",
                    "reasoning",
                    ReasoningDetails.FIELD);
    private static final Set<String> CALL =
            Set.of("id", "type", "index", "function", CallExtra.FIELD);

    private final List<String> ignored;
    private final PieceReader pieces;
    private final Map<String, String> legacyCalls = new HashMap<>();

    MessageReader(List<String> ignored) {
        this.ignored = ignored;
        pieces = new PieceReader(ignored);
    }

    List<Message> read(RequestValue list) throws InvalidRequestException {
        List<RequestValue> said = list.elements();
        if (said.isEmpty()) {
            throw list.refused("must hold at least one message");
        }
        List<Message> messages = new ArrayList<>();
        List<Part> results = new ArrayList<>();
        for (int i = 0; i < said.size(); i++) {
            RequestValue message = said.get(i);
            RequestValue role = message.need("role");
            String speaker = role.string();
            if (speaker.equals("tool") || speaker.equals("function")) {
                result(message, speaker, results);
                continue;
            }
            settle(results, messages);
            messages.add(
                    switch (speaker) {
                        case "system", "developer" -> plain(Role.SYSTEM, message);
                        case "user" -> plain(Role.USER, message);
                        case "assistant" -> assistant(message, i);
                        default ->
                                throw role.refused(
                                        "must be one of system, developer, user, assistant, tool");
                    });
        }
        settle(results, messages);
        return messages;
    }

    private static void settle(List<Part> results, List<Message> messages) {
        if (!results.isEmpty()) {
            messages.add(new Message(Role.USER, results));
            results.clear();
        }
    }

    private Message plain(Role role, RequestValue message) throws InvalidRequestException {
        message.unsaid(PLAIN, ignored);
        return new Message(role, pieces.content(message.need("content")));
    }

    private void result(RequestValue message, String speaker, List<Part> results)
            throws InvalidRequestException {
        message.unsaid(TOOL, ignored);
        String callId;
        if (speaker.equals("tool")) {
            callId = message.needString("tool_call_id");
        } else {
            String name = message.needString("name");
            callId = legacyCalls.getOrDefault(name, name);
        }
        List<Part> content = new ArrayList<>(pieces.content(message.find("content")));
        Part behind = null;
        if (!content.isEmpty() && content.getLast() instanceof Part.Cache) {
            // The mark of its only text stands for the whole result.
            behind = content.removeLast();
        }
        results.add(new Part.ToolResult(callId, content, false));
        if (behind != null) {
            results.add(behind);
        }
    }

    private Message assistant(RequestValue message, int at) throws InvalidRequestException {
        message.unsaid(ASSISTANT, ignored);
        List<Part> parts = new ArrayList<>(thoughts(message));
        parts.addAll(pieces.content(message.find("content")));
        String refusal = message.findString("refusal");
        if (refusal != null && !refusal.isEmpty()) {
            parts.add(new Part.Text(refusal));
        }
        RequestValue calls = message.find("tool_calls");
        if (calls != null) {
            for (RequestValue call : calls.elements()) {
                parts.add(call(call));
            }
        }
        RequestValue legacy = message.find("function_call");
        if (legacy != null) {
            String name = legacy.needString("name");
            String id = "call_" + at;
            legacyCalls.put(name, id);
            parts.add(new Part.ToolCall(id, name, arguments(legacy)));
        }
        return new Message(Role.ASSISTANT, parts);
    }

    /// The list says more than the text, of which it is the same again.
    private static List<Part> thoughts(RequestValue message) throws InvalidRequestException {
        RequestValue details = message.find(ReasoningDetails.FIELD);
        List<Part> thoughts =
                details == null || !details.isList() ? List.of() : ReasoningDetails.read(details);
        String words = message.findString("reasoning_content");
        words = words == null || words.isEmpty() ? message.findString("reasoning") : words;
        boolean said = thoughts.stream().anyMatch(MessageReader::hasWords);
        if (words == null || words.isEmpty() || said) {
            return thoughts;
        }
        List<Part> all = new ArrayList<>();
        all.add(new Part.Thinking(words, null));
        all.addAll(thoughts);
        return all;
    }

    private static boolean hasWords(Part part) {
        return part instanceof Part.Thinking(var text, _) && !text.isEmpty();
    }

    private Part call(RequestValue call) throws InvalidRequestException {
        call.unsaid(CALL, ignored);
        RequestValue type = call.find("type");
        if (type != null && !type.string().equals("function")) {
            throw type.refused(
                    "is \"%s\", which no other protocol can be told; accepted: function"
                            .formatted(type.string()));
        }
        RequestValue function = call.need("function");
        return new Part.ToolCall(
                call.needString("id"),
                function.needString("name"),
                arguments(function),
                CallExtra.signature(call));
    }

    /// A string of JSON; some clients send the object itself.
    private static String arguments(RequestValue function) throws InvalidRequestException {
        @Nullable RequestValue arguments = function.find("arguments");
        if (arguments == null) {
            return "{}";
        }
        return arguments.isObject() ? arguments.raw() : arguments.string();
    }
}
