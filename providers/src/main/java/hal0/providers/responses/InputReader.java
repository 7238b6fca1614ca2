package hal0.providers.responses;

import hal0.providers.dialect.InvalidRequestException;
import hal0.providers.dialect.RequestValue;
import hal0.providers.message.CacheMark;
import hal0.providers.message.Message;
import hal0.providers.message.Part;
import hal0.providers.message.Protocol;
import hal0.providers.message.Role;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads the items of an input into messages.
///
/// **Shape** neighbouring items of the model are one message, and so are neighbouring results of
/// tools; each message of another speaker is one. Items of other kinds (hosted tools, references to
/// what is stored elsewhere) are kept for the same protocol as they came. **Source**
/// `ResponseInputItem` in resources/responses/responses.d.ts of the npm package openai 6.49.0, read
/// 2026-11-21.
final class InputReader {
    private static final String ROLES = "must be user, assistant, system or developer";
    private static final String CONTENT =
            "must be input_text, output_text, refusal, input_image, input_file or input_audio";

    private final List<String> ignored;
    private final Namespaces names;
    private final List<Message> whole = new ArrayList<>();
    private final Map<String, String> signatures = new HashMap<>();

    /// The message that grows, not yet in `whole`.
    private @Nullable Role role;

    private final List<Part> parts = new ArrayList<>();
    private @Nullable String marked;

    InputReader(List<String> ignored, Namespaces names) {
        this.ignored = ignored;
        this.names = names;
    }

    void add(Message message) {
        close();
        whole.add(message);
    }

    private void add(Role speaker, Part part) {
        if (role != speaker) {
            close();
            role = speaker;
        }
        parts.add(part);
    }

    private void close() {
        if (role != null) {
            whole.add(new Message(role, parts));
            role = null;
            parts.clear();
        }
    }

    /// All that was read.
    List<Message> messages() {
        close();
        return signatures.isEmpty() ? whole : whole.stream().map(this::signed).toList();
    }

    private Message signed(Message message) {
        return new Message(message.role(), message.parts().stream().map(this::signed).toList());
    }

    private Part signed(Part part) {
        return part instanceof Part.ToolCall call
                ? new Part.ToolCall(
                        call.id(), call.name(), call.arguments(), signatures.get(call.id()))
                : part;
    }

    void item(RequestValue item) throws InvalidRequestException {
        String type = item.findString("type");
        if (type == null) {
            type = item.find("role") != null ? "message" : "item_reference";
            if (item.find("role") == null && item.find("id") == null) {
                throw item.refused("must have a type or a role");
            }
        }
        switch (type) {
            case "message" -> message(item);
            case "function_call" -> call(item);
            case "function_call_output" -> result(item);
            case "reasoning" -> reasoning(item);
            case "item_reference" -> {
                // Whoever stored the item may know it; no other protocol can be told of it.
                ignored.add(item.place());
                add(Role.USER, new Part.Opaque(Protocol.RESPONSES, item.raw()));
            }
            default -> add(speaker(type), new Part.Opaque(Protocol.RESPONSES, item.raw()));
        }
    }

    /// Whose an item is that is not known here: what answers is the client's.
    private static Role speaker(String type) {
        return type.endsWith("_output") || type.endsWith("_response") ? Role.USER : Role.ASSISTANT;
    }

    private void message(RequestValue item) throws InvalidRequestException {
        Role speaker =
                switch (item.needString("role")) {
                    case "user" -> Role.USER;
                    case "assistant" -> Role.ASSISTANT;
                    case "system", "developer" -> Role.SYSTEM;
                    default -> throw item.need("role").refused(ROLES);
                };
        List<Part> content = content(item.need("content"));
        if (speaker != Role.ASSISTANT) {
            add(new Message(speaker, content));
            return;
        }
        String phase = item.findString("phase");
        // A mark holds until the next one, or until another speaks.
        if (phase != null && !(role == speaker && phase.equals(marked))) {
            add(speaker, MessagePhase.mark(phase));
            marked = phase;
        }
        content.forEach(part -> add(speaker, part));
    }

    private List<Part> content(RequestValue content) throws InvalidRequestException {
        if (content.isString()) {
            return List.of(new Part.Text(content.string()));
        }
        if (!content.isList()) {
            throw content.refused("must be a string or a list");
        }
        List<Part> read = new ArrayList<>();
        for (RequestValue part : content.elements()) {
            read.add(part(part));
            if (part.find("prompt_cache_breakpoint") != null) {
                read.add(new Part.Cache(CacheMark.SHORT));
            }
        }
        return read;
    }

    private static Part part(RequestValue part) throws InvalidRequestException {
        return switch (part.needString("type")) {
            case "input_text", "output_text", "text" -> new Part.Text(part.needString("text"));
            case "refusal" -> new Part.Text(part.needString("refusal"));
            case "input_image" -> InputMedia.readImage(part);
            case "input_file" -> InputMedia.readDocument(part);
            case "input_audio" -> InputMedia.readAudio(part);
            default -> throw part.need("type").refused(CONTENT);
        };
    }

    private void call(RequestValue item) throws InvalidRequestException {
        String arguments = item.findString("arguments");
        Namespaces.Name name =
                new Namespaces.Name(item.findString(Namespaces.TYPE), item.needString("name"));
        boolean declared = names.has(name.joined());
        if (name.namespace() != null && !declared) {
            ignored.add(item.need(Namespaces.TYPE).place());
        }
        RequestValue caller = item.find("caller");
        if (caller != null) {
            ignored.add(caller.place());
        }
        add(
                Role.ASSISTANT,
                new Part.ToolCall(
                        item.needString("call_id"),
                        declared ? name.joined() : name.name(),
                        arguments == null ? "" : arguments));
    }

    private void result(RequestValue item) throws InvalidRequestException {
        String callId = item.needString("call_id");
        List<Part> output = content(item.need("output"));
        boolean empty = output.size() == 1 && output.getFirst().equals(new Part.Text(""));
        add(Role.USER, new Part.ToolResult(callId, empty ? List.of() : output, false));
    }

    private void reasoning(RequestValue item) throws InvalidRequestException {
        List<SealedReasoning.Piece> pieces = new ArrayList<>();
        pieces(item.find("summary"), SealedReasoning.Kind.SUMMARY, pieces);
        pieces(item.find("content"), SealedReasoning.Kind.CONTENT, pieces);
        String text =
                String.join(
                        SealedReasoning.BETWEEN,
                        pieces.stream().map(SealedReasoning.Piece::text).toList());
        String encrypted = item.findString("encrypted_content");
        switch (encrypted == null ? null : CarriedProof.find(encrypted)) {
            case null -> own(item.findString("id"), pieces, text, encrypted);
            case CarriedProof.Thought(var signature) ->
                    add(Role.ASSISTANT, new Part.Thinking(text, signature));
            case CarriedProof.Redacted(var data) ->
                    add(Role.ASSISTANT, new Part.RedactedThinking(data));
            case CarriedProof.Call(var callId, var signature) -> signatures.put(callId, signature);
        }
    }

    private void own(
            @Nullable String id,
            List<SealedReasoning.Piece> pieces,
            String text,
            @Nullable String encrypted) {
        if (encrypted != null) {
            String seal = SealedReasoning.seal(id == null ? "" : id, pieces, encrypted);
            add(Role.ASSISTANT, new Part.Thinking(text, seal));
        } else if (!text.isEmpty()) {
            add(Role.ASSISTANT, new Part.Thinking(text, null));
        }
    }

    private static void pieces(
            @Nullable RequestValue list,
            SealedReasoning.Kind kind,
            List<SealedReasoning.Piece> pieces)
            throws InvalidRequestException {
        if (list == null) {
            return;
        }
        for (RequestValue piece : list.elements()) {
            String text = piece.needString("text");
            if (!text.isEmpty()) {
                pieces.add(new SealedReasoning.Piece(kind, text));
            }
        }
    }
}
