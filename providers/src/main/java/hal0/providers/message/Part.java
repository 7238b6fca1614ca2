package hal0.providers.message;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// One piece of a message.
///
/// **Shape** order within a message is meaningful and kept. Thinking parts come back to their
/// provider byte for byte, or it refuses the conversation.
public sealed interface Part {

    record Text(String text) implements Part {
        public Text {
            Objects.requireNonNull(text);
        }
    }

    /// Reasoning that the model showed; `signature` proves to its provider that it is unchanged.
    record Thinking(String text, @Nullable String signature) implements Part {}

    /// Reasoning that the provider encrypted; opaque.
    record RedactedThinking(String data) implements Part {}

    /// A picture, by value or by reference; `detail` is a protocol's word for how closely to look.
    record Image(MediaSource source, @Nullable String detail) implements Part {
        public Image(MediaSource source) {
            this(source, null);
        }
    }

    /// A document, such as a PDF or a text, with the name that the model may call it by.
    record Document(MediaSource source, @Nullable String name) implements Part {}

    /// A recording.
    record Audio(MediaSource source) implements Part {}

    /// Everything before this place may be cached; says nothing to the model. At most one stands
    /// behind a part.
    record Cache(CacheMark mark) implements Part {}

    /// A piece that only one protocol has a word for, as JSON text: searches that the provider
    /// made, code that it ran. It goes back to that protocol as it came, and to no other.
    record Opaque(Protocol origin, String json) implements Part {
        public Opaque {
            Objects.requireNonNull(origin);
            Objects.requireNonNull(json);
        }
    }

    /// A call of a tool; `arguments` is a JSON object as text, `{}` when there are none.
    /// `signature` proves to Gemini the thinking that led to the call, and goes back to it with the
    /// call.
    record ToolCall(String id, String name, String arguments, @Nullable String signature)
            implements Part {
        public ToolCall {
            Objects.requireNonNull(id);
            Objects.requireNonNull(name);
            if (arguments.isBlank()) {
                arguments = "{}";
            }
        }

        /// A call of a provider that signs none.
        public ToolCall(String id, String name, String arguments) {
            this(id, name, arguments, null);
        }
    }

    /// What a tool answered: text, images, documents and cache marks.
    record ToolResult(String callId, List<Part> content, boolean failed) implements Part {
        public ToolResult {
            Objects.requireNonNull(callId);
            content = List.copyOf(content);
        }
    }
}
