package hal0.providers.client;

import hal0.providers.Provider;
import hal0.providers.anthropic.Messages;
import hal0.providers.dialect.AnswerErrors;
import hal0.providers.dialect.DecodingObserver;
import hal0.providers.dialect.Dialect;
import hal0.providers.event.AnswerObserver;
import hal0.providers.gemini.GenerateContent;
import hal0.providers.message.Protocol;
import hal0.providers.openai.ChatCompletions;
import hal0.providers.responses.Responses;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// The dialect of each protocol.
public final class Dialects {
    private Dialects() {}

    /// Empty for a protocol that cannot be spoken yet.
    public static Optional<Dialect> find(Protocol protocol) {
        return switch (protocol) {
            case OPENAI -> Optional.of(new ChatCompletions());
            case ANTHROPIC -> Optional.of(new Messages());
            case GEMINI -> Optional.of(new GenerateContent());
            case RESPONSES -> Optional.of(new Responses());
        };
    }

    /// Watches an answer in `protocol`, whoever gives it.
    public static AnswerObserver observer(Protocol protocol) {
        Optional<Dialect> dialect = find(protocol);
        if (dialect.isEmpty()) {
            return new BlindObserver();
        }
        Provider anybody =
                Provider.builder("the provider", protocol, URI.create("upstream:")).build();
        return new DecodingObserver(
                dialect.get(), new AnswerErrors(anybody, "", List.of(), InstantSource.system()));
    }
}
