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

/// The dialect of each protocol.
public final class Dialects {
    private Dialects() {}

    public static Dialect of(Protocol protocol) {
        return switch (protocol) {
            case OPENAI -> new ChatCompletions();
            case ANTHROPIC -> new Messages();
            case GEMINI -> new GenerateContent();
            case RESPONSES -> new Responses();
        };
    }

    /// Watches an answer in `protocol`, whoever gives it.
    public static AnswerObserver observer(Protocol protocol) {
        Provider anybody =
                Provider.builder("the provider", protocol, URI.create("upstream:any")).build();
        return new DecodingObserver(
                of(protocol), new AnswerErrors(anybody, "", List.of(), InstantSource.system()));
    }
}
