package hal0.providers.message;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Everything that one call to a model says.
///
/// **Shape** `model` is a name as a client writes it (`provider/model`, a bare id, or empty for the
/// active one); who resolves it passes the provider's own id on. System messages may stand
/// anywhere.
public record ChatRequest(
        String model, List<Message> messages, List<Tool> tools, Options options, boolean stream) {

    public ChatRequest {
        Objects.requireNonNull(model);
        messages = List.copyOf(messages);
        tools = List.copyOf(tools);
        Objects.requireNonNull(options);
    }

    /// A streamed request without tools.
    public static ChatRequest of(String model, List<Message> messages) {
        return new ChatRequest(model, messages, List.of(), Options.DEFAULT, true);
    }

    public ChatRequest withModel(String name) {
        return new ChatRequest(name, messages, tools, options, stream);
    }

    /// What the caller left to the provider is null.
    ///
    /// **Units** `maxTokens` counts output tokens; `temperature` and `topP` are the provider's own
    /// scale.
    public record Options(
            @Nullable Integer maxTokens,
            @Nullable Double temperature,
            @Nullable Double topP,
            List<String> stop,
            ToolChoice toolChoice) {

        public static final Options DEFAULT =
                new Options(null, null, null, List.of(), new ToolChoice.Auto());

        public Options {
            stop = List.copyOf(stop);
        }

        public Options withMaxTokens(@Nullable Integer tokens) {
            return new Options(tokens, temperature, topP, stop, toolChoice);
        }

        public Options withTemperature(@Nullable Double value) {
            return new Options(maxTokens, value, topP, stop, toolChoice);
        }
    }
}
