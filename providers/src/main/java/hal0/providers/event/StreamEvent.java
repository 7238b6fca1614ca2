package hal0.providers.event;

import hal0.providers.message.Part;
import org.jspecify.annotations.Nullable;

/// One step of an answer.
///
/// **Shape** at most one `Started`, first; then deltas in the order of the wire; `UsageReport` any
/// number of times, each replacing the one before; exactly one `Done`, last. Empty deltas do not
/// occur.
public sealed interface StreamEvent {

    /// Whether the model said something: text, thought or a call, and not only that it is there or
    /// what it counted.
    default boolean isContent() {
        return switch (this) {
            case TextDelta _,
                    ThinkingDelta _,
                    ThinkingSignature _,
                    RedactedThinking _,
                    OpaquePart _,
                    ToolCallDelta _ ->
                    true;
            case Started _, UsageReport _, Done _ -> false;
        };
    }

    /// The provider's id of the answer and the model that it says is answering.
    record Started(@Nullable String id, @Nullable String model) implements StreamEvent {}

    record TextDelta(String text) implements StreamEvent {}

    record ThinkingDelta(String text) implements StreamEvent {}

    /// Ends the thinking before it and proves it to the provider later.
    record ThinkingSignature(String signature) implements StreamEvent {}

    record RedactedThinking(String data) implements StreamEvent {}

    /// A whole piece that only the answer's own protocol has a word for.
    record OpaquePart(Part.Opaque part) implements StreamEvent {}

    /// A piece of a tool call. `index` tells parallel calls apart; id, name and signature may come
    /// late, once.
    record ToolCallDelta(
            int index,
            @Nullable String id,
            @Nullable String name,
            String argumentsPart,
            @Nullable String signature)
            implements StreamEvent {

        /// A piece without signature, as most providers have it.
        public ToolCallDelta(
                int index, @Nullable String id, @Nullable String name, String argumentsPart) {
            this(index, id, name, argumentsPart, null);
        }

        /// Only what signs its calls shows a signature.
        @Override
        public String toString() {
            return "ToolCallDelta[index=%d, id=%s, name=%s, argumentsPart=%s%s]"
                    .formatted(
                            index,
                            id,
                            name,
                            argumentsPart,
                            signature == null ? "" : ", signature=" + signature);
        }
    }

    record UsageReport(Usage usage) implements StreamEvent {}

    /// `stopSequence` is the one that was written, where the provider tells.
    record Done(StopReason reason, @Nullable String stopSequence) implements StreamEvent {
        public Done(StopReason reason) {
            this(reason, null);
        }

        /// Only what stopped at a sequence shows it.
        @Override
        public String toString() {
            return "Done[reason=%s%s]"
                    .formatted(
                            reason, stopSequence == null ? "" : ", stopSequence=" + stopSequence);
        }
    }
}
