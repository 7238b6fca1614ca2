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

    /// A picture, by value or by reference.
    record Image(ImageSource source) implements Part {}

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

    /// What a tool answered: text and images only.
    record ToolResult(String callId, List<Part> content, boolean failed) implements Part {
        public ToolResult {
            Objects.requireNonNull(callId);
            content = List.copyOf(content);
        }
    }
}
