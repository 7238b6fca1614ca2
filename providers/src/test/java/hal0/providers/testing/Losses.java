package hal0.providers.testing;

import hal0.providers.event.StreamEvent;
import hal0.providers.event.Usage;
import hal0.providers.message.ChatRequest;
import hal0.providers.message.Protocol;
import java.util.List;

/// What a protocol cannot keep apart though it has words for it: the finer steps of an effort, the
/// reasons of an end, the order within a result. All of it is listed in the class of its protocol.
interface Losses {
    /// What is left of a request in normal form.
    ChatRequest request(ChatRequest request);

    /// What was read, without what the protocol demands where `asked` leaves it open.
    default ChatRequest added(ChatRequest read, ChatRequest asked) {
        return read;
    }

    /// What is left of the events of an answer.
    List<StreamEvent> events(List<StreamEvent> events);

    /// What is left of an answer in normal form.
    AnswerForm answer(AnswerForm answer);

    /// The events but for what only other protocols have a word for.
    static List<StreamEvent> without(List<StreamEvent> events, Protocol own) {
        return events.stream()
                .filter(event ->
                        !(event instanceof StreamEvent.OpaquePart(var part))
                                || part.origin() == own)
                .toList();
    }

    /// Numbers of a protocol that knows one time to keep what is cached.
    static Usage oneCache(Usage usage) {
        return new Usage(
                usage.input(),
                usage.output(),
                usage.cacheRead(),
                usage.cacheWrite(),
                0,
                usage.reasoning(),
                usage.reportedUsd());
    }

    static Losses of(Protocol protocol) {
        return switch (protocol) {
            case GEMINI -> new GeminiLosses();
            case OPENAI -> new OpenAiLosses();
            case ANTHROPIC -> new AnthropicLosses();
            case RESPONSES -> new ResponsesLosses();
        };
    }
}
