package hal0.providers.message;

import java.util.List;
import java.util.Objects;

/// Everything that one call to a model says.
///
/// **Shape** `model` is a name as a client writes it (`provider/model`, a bare id, or empty for the
/// active one); who resolves it passes the provider's own id on. System messages may stand
/// anywhere.
public record ChatRequest(
        String model,
        List<Message> messages,
        List<Tool> tools,
        Options options,
        boolean stream,
        Extra extra) {

    public ChatRequest {
        Objects.requireNonNull(model);
        messages = List.copyOf(messages);
        tools = List.copyOf(tools);
        Objects.requireNonNull(options);
        Objects.requireNonNull(extra);
    }

    /// A request in neutral words only.
    public ChatRequest(
            String model,
            List<Message> messages,
            List<Tool> tools,
            Options options,
            boolean stream) {
        this(model, messages, tools, options, stream, Extra.NONE);
    }

    /// A streamed request without tools.
    public static ChatRequest of(String model, List<Message> messages) {
        return new ChatRequest(model, messages, List.of(), Options.DEFAULT, true);
    }

    public ChatRequest withModel(String name) {
        return new ChatRequest(name, messages, tools, options, stream, extra);
    }

    public ChatRequest withMessages(List<Message> others) {
        return new ChatRequest(model, others, tools, options, stream, extra);
    }

    public ChatRequest withOptions(Options others) {
        return new ChatRequest(model, messages, tools, others, stream, extra);
    }

    public ChatRequest withStream(boolean streamed) {
        return new ChatRequest(model, messages, tools, options, streamed, extra);
    }
}
