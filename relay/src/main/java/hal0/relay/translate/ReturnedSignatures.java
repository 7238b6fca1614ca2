package hal0.relay.translate;

import hal0.providers.message.ChatRequest;
import hal0.providers.message.Message;
import hal0.providers.message.Part;
import hal0.providers.message.Protocol;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Gives a target the signatures of a conversation that are its signer's, as they were made, and
/// keeps those of others from it.
///
/// **Shape** a thought that loses its signature stays as a thought without one, which each protocol
/// says or leaves out; one that nobody may read goes. **Threads** one.
final class ReturnedSignatures {
    private final Protocol client;
    private final Protocol server;
    private final Signer signer;
    private boolean foreign;

    /// `client` is the protocol that the conversation came in, `server` that of the target.
    ReturnedSignatures(Protocol client, Protocol server, Signer signer) {
        this.client = client;
        this.server = server;
        this.signer = signer;
    }

    ChatRequest in(ChatRequest request) {
        List<Message> messages = new ArrayList<>(request.messages().size());
        boolean changed = false;
        for (Message message : request.messages()) {
            List<Part> parts = parts(message.parts());
            boolean same = parts.equals(message.parts());
            changed |= !same;
            messages.add(same ? message : new Message(message.role(), parts));
        }
        return changed ? request.withMessages(messages) : request;
    }

    /// Whether there were some that the target does not get.
    boolean foreign() {
        return foreign;
    }

    private List<Part> parts(List<Part> parts) {
        if (parts.stream().noneMatch(ReturnedSignatures::mayBeSigned)) {
            return parts;
        }
        List<Part> known = new ArrayList<>(parts.size());
        for (Part part : parts) {
            Part left = mayBeSigned(part) ? known(part) : part;
            if (left != null) {
                known.add(left);
            }
        }
        return known;
    }

    private static boolean mayBeSigned(Part part) {
        return part instanceof Part.Thinking
                || part instanceof Part.RedactedThinking
                || part instanceof Part.ToolCall;
    }

    private @Nullable Part known(Part part) {
        return switch (part) {
            case Part.Thinking(var text, var signature) when signature != null -> {
                String own = own(signature, text, signer.knowsThoughtsOf(client));
                yield own == null && text.isBlank() ? null : new Part.Thinking(text, own);
            }
            case Part.RedactedThinking(var data) -> {
                String own = own(data, "", signer.knowsThoughtsOf(client));
                yield own == null ? null : new Part.RedactedThinking(own);
            }
            case Part.ToolCall(var id, var name, var arguments, var signature)
                    when signature != null ->
                    new Part.ToolCall(id, name, arguments, own(signature, "", signer.knowsCalls()));
            case Part.Thinking _,
                    Part.ToolCall _,
                    Part.Text _,
                    Part.Image _,
                    Part.Document _,
                    Part.Audio _,
                    Part.Cache _,
                    Part.Opaque _,
                    Part.ToolResult _ ->
                    part;
        };
    }

    /// One without a tag came from a direct call: it is the target's where that speaks the same
    /// protocol, or is known to know it.
    private @Nullable String own(String carried, String words, boolean knowsDirect) {
        SignatureTag tag = SignatureTag.find(carried);
        if (tag == null && (client == server || knowsDirect)) {
            return carried;
        }
        if (tag != null && tag.signer().equals(signer) && tag.fits(words)) {
            return tag.signature();
        }
        foreign = true;
        return null;
    }
}
