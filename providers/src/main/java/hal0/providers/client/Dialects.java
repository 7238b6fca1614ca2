package hal0.providers.client;

import hal0.providers.Protocol;
import hal0.providers.anthropic.Messages;
import hal0.providers.dialect.Dialect;
import hal0.providers.openai.ChatCompletions;
import java.util.Optional;

/// The dialect of each protocol.
public final class Dialects {
    private Dialects() {}

    /// Empty for a protocol that cannot be spoken yet.
    public static Optional<Dialect> find(Protocol protocol) {
        return switch (protocol) {
            case OPENAI -> Optional.of(new ChatCompletions());
            case ANTHROPIC -> Optional.of(new Messages());
            case RESPONSES, GEMINI -> Optional.empty();
        };
    }
}
