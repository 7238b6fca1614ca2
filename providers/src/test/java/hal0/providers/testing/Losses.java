package hal0.providers.testing;

import hal0.providers.event.StreamEvent;
import hal0.providers.message.ChatRequest;
import hal0.providers.message.Protocol;
import java.util.List;

/// What a protocol cannot keep apart though it has words for it: the finer steps of an effort, the
/// reasons of an end, the order within a result. All of it is listed in the class of its protocol.
interface Losses {
    /// What is left of a request in normal form.
    ChatRequest request(ChatRequest request);

    /// What is left of the events of an answer.
    List<StreamEvent> events(List<StreamEvent> events);

    /// What is left of an answer in normal form.
    AnswerForm answer(AnswerForm answer);

    static Losses of(Protocol protocol) {
        return switch (protocol) {
            case GEMINI -> new GeminiLosses();
            case OPENAI, ANTHROPIC, RESPONSES ->
                    throw new IllegalArgumentException(protocol + " is not spoken from both ends");
        };
    }
}
