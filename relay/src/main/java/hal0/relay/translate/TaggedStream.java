package hal0.relay.translate;

import hal0.providers.ChatStream;
import hal0.providers.event.StreamEvent;
import hal0.providers.message.Protocol;
import org.jspecify.annotations.Nullable;

/// An answer whose signatures say who made them, for a client that will bring them back in a
/// protocol that cannot.
///
/// **Threads** as [ChatStream].
final class TaggedStream implements ChatStream {
    private final ChatStream answer;
    private final Signer signer;
    private final boolean marks;
    private final Protocol client;

    /// Of the thought that is being told, as that of a string.
    private int hash;

    /// `marks` is whether the signer refuses its signature behind other words.
    TaggedStream(ChatStream answer, Signer signer, boolean marks, Protocol client) {
        this.answer = answer;
        this.signer = signer;
        this.marks = marks;
        this.client = client;
    }

    @Override
    public @Nullable StreamEvent next() {
        return switch (answer.next()) {
            case null -> null;
            case StreamEvent.ThinkingDelta thought -> {
                for (int i = 0; i < thought.text().length(); i++) {
                    hash = 31 * hash + thought.text().charAt(i);
                }
                yield thought;
            }
            case StreamEvent.ThinkingSignature(var signature) -> {
                String mark = marks ? SignatureTag.markOf(hash) : "";
                hash = 0;
                yield new StreamEvent.ThinkingSignature(tagged(mark, signature));
            }
            case StreamEvent.RedactedThinking(var data) -> {
                hash = 0;
                yield new StreamEvent.RedactedThinking(tagged("", data));
            }
            case StreamEvent.ToolCallDelta(var index, var id, var name, var piece, var signature)
                    when signature != null -> {
                hash = 0;
                yield new StreamEvent.ToolCallDelta(index, id, name, piece, tagged("", signature));
            }
            case StreamEvent.TextDelta event -> ended(event);
            case StreamEvent.ToolCallDelta event -> ended(event);
            case StreamEvent.OpaquePart event -> ended(event);
            case StreamEvent.Started event -> event;
            case StreamEvent.UsageReport event -> event;
            case StreamEvent.Done event -> event;
        };
    }

    /// What follows a thought ends it.
    private StreamEvent ended(StreamEvent event) {
        hash = 0;
        return event;
    }

    private String tagged(String mark, String signature) {
        return new SignatureTag(signer, mark, signature).carried(client);
    }

    @Override
    public boolean isReady() {
        return answer.isReady();
    }

    @Override
    public void close() {
        answer.close();
    }
}
