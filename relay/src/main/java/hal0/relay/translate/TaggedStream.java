package hal0.relay.translate;

import hal0.providers.ChatStream;
import hal0.providers.event.StreamEvent;
import hal0.providers.message.Protocol;
import org.jspecify.annotations.Nullable;

/// An answer whose signatures say who made them, for a client that will bring them back in a
/// protocol that cannot.
///
/// **Threads** as [ChatStream].
record TaggedStream(ChatStream answer, Signer signer, Protocol client) implements ChatStream {

    @Override
    public @Nullable StreamEvent next() {
        return switch (answer.next()) {
            case StreamEvent.ThinkingSignature(var signature) ->
                    new StreamEvent.ThinkingSignature(tagged(signature));
            case StreamEvent.RedactedThinking(var data) ->
                    new StreamEvent.RedactedThinking(tagged(data));
            case StreamEvent.ToolCallDelta(var index, var id, var name, var piece, var signature)
                    when signature != null ->
                    new StreamEvent.ToolCallDelta(index, id, name, piece, tagged(signature));
            case null -> null;
            case StreamEvent.Started event -> event;
            case StreamEvent.TextDelta event -> event;
            case StreamEvent.ThinkingDelta event -> event;
            case StreamEvent.OpaquePart event -> event;
            case StreamEvent.ToolCallDelta event -> event;
            case StreamEvent.UsageReport event -> event;
            case StreamEvent.Done event -> event;
        };
    }

    private String tagged(String signature) {
        return new SignatureTag(signer, signature).carried(client);
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
