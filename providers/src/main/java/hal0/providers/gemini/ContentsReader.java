package hal0.providers.gemini;

import hal0.providers.dialect.InvalidRequestException;
import hal0.providers.message.Message;
import hal0.providers.message.Part;
import hal0.providers.message.Role;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads `contents`.
///
/// **Shape** calls without an id get one from their place, so that they have the same one in every
/// turn; a result without one belongs to the first call of its name that has no result, else to the
/// first that has none.
final class ContentsReader {
    private final RequestFields fields;
    private final List<Message> messages;
    private final List<Part.ToolCall> unanswered = new ArrayList<>();
    private int contents;
    private int results;

    ContentsReader(RequestFields fields, List<Message> messages) {
        this.fields = fields;
        this.messages = messages;
    }

    void read(String place) throws IOException, InvalidRequestException {
        if (fields.isText()) {
            messages.add(Message.user(fields.text(place)));
            return;
        }
        fields.list(place, this::content);
    }

    private void content(String place) throws IOException, InvalidRequestException {
        List<ReadPart> parts = new ArrayList<>();
        String[] role = {"user"};
        fields.object(
                place,
                (name, at) -> {
                    switch (name) {
                        case "role" -> role[0] = fields.text(at);
                        case "parts" ->
                                fields.list(at, one -> parts.add(ReadPart.read(fields, one)));
                        default -> fields.ignore(at);
                    }
                });
        Message message =
                switch (role[0]) {
                    case "model" -> new Message(Role.ASSISTANT, ofModel(parts));
                    // Results of functions once had a role of their own.
                    case "user", "function", "" -> new Message(Role.USER, ofUser(parts));
                    default ->
                            throw fields.expected(
                                    place + ".role",
                                    "user or model; instructions stand in systemInstruction");
                };
        contents++;
        if (!message.parts().isEmpty()) {
            messages.add(message);
        }
    }

    private List<Part> ofModel(List<ReadPart> read) throws InvalidRequestException {
        unanswered.clear();
        List<Part> parts = new ArrayList<>();
        for (ReadPart part : read) {
            if (part.result() != null) {
                throw fields.expected(
                        part.place() + ".functionResponse", "in a content of the role user");
            }
            ReadPart.Call call = part.call();
            if (call != null) {
                String id = call.id();
                Part.ToolCall said =
                        new Part.ToolCall(
                                id != null
                                        ? id
                                        : CallIds.invented("c" + contents, unanswered.size()),
                                call.name(),
                                call.arguments(),
                                part.callSignature());
                unanswered.add(said);
                parts.add(said);
            } else {
                said(part, Role.ASSISTANT, parts);
            }
        }
        return parts;
    }

    /// A thought may have come in pieces, the last of them with the signature only.
    private static void said(ReadPart part, Role role, List<Part> to) {
        for (Part next : part.neutral(role)) {
            if (part.isThought()
                    && next instanceof Part.Thinking(var text, var signature)
                    && !to.isEmpty()
                    && to.getLast() instanceof Part.Thinking(var before, var none)
                    && none == null) {
                to.set(to.size() - 1, new Part.Thinking(before + text, signature));
            } else {
                to.add(next);
            }
        }
    }

    private List<Part> ofUser(List<ReadPart> read) throws InvalidRequestException {
        List<Part> parts = new ArrayList<>();
        for (ReadPart part : read) {
            if (part.call() != null) {
                throw fields.expected(
                        part.place() + ".functionCall", "in a content of the role model");
            }
            ReadPart.Result result = part.result();
            if (result != null) {
                parts.add(
                        new Part.ToolResult(
                                callOf(result.id(), result.name()),
                                result.content(),
                                result.failed()));
            } else {
                said(part, Role.USER, parts);
            }
        }
        return parts;
    }

    private String callOf(@Nullable String id, @Nullable String name) {
        Part.ToolCall answered = null;
        for (Part.ToolCall call : unanswered) {
            if (id != null ? call.id().equals(id) : call.name().equals(name)) {
                answered = call;
                break;
            }
        }
        if (answered == null && id == null && !unanswered.isEmpty()) {
            answered = unanswered.getFirst();
        }
        if (answered != null) {
            unanswered.remove(answered);
            return answered.id();
        }
        return id != null ? id : CallIds.invented("r" + contents, results++);
    }
}
