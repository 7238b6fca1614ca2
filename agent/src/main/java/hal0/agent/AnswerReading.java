package hal0.agent;

import hal0.agent.session.SessionEntry;
import hal0.agent.session.SessionEntry.Ending;
import hal0.home.error.ErrorKind;
import hal0.providers.Answer;
import hal0.providers.error.ProviderException;
import hal0.providers.event.StopReason;
import hal0.providers.event.StreamEvent;
import hal0.providers.event.TurnAccumulator;
import hal0.providers.event.Usage;
import hal0.providers.http.CancelToken;
import hal0.providers.price.Cost;
import java.time.InstantSource;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Pulls one answer to its end: tells the sink what comes and keeps it for the record.
final class AnswerReading {
    private final Answer answer;
    private final CancelToken cancel;
    private final Consumer<AgentEvent> sink;
    private final TurnAccumulator turn = new TurnAccumulator();

    AnswerReading(Answer answer, CancelToken cancel, Consumer<AgentEvent> sink) {
        this.answer = answer;
        this.cancel = cancel;
        this.sink = sink;
    }

    /// **Errors** none for an answer that fails: see its ending.
    SessionEntry.ModelSaid run(InstantSource clock) {
        sink.accept(
                new AgentEvent.AnswerStarted(
                        answer.requestId(), answer.provider(), answer.model()));
        Ending ending = read();
        Usage usage = turn.counted() ? turn.usage() : null;
        return new SessionEntry.ModelSaid(
                clock.instant(),
                answer.requestId(),
                answer.provider(),
                answer.model(),
                turn.message().parts(),
                usage,
                cost(usage, ending),
                ending);
    }

    private Ending read() {
        try {
            Gathering pieces = new Gathering();
            for (StreamEvent event = pieces.next(answer::next);
                    event != null;
                    event = pieces.next(answer::next)) {
                turn.add(event);
                switch (event) {
                    case StreamEvent.TextDelta delta ->
                            sink.accept(new AgentEvent.TextDelta(delta.text()));
                    case StreamEvent.ThinkingDelta delta ->
                            sink.accept(new AgentEvent.ThinkingDelta(delta.text()));
                    case StreamEvent.Started _,
                            StreamEvent.ThinkingSignature _,
                            StreamEvent.RedactedThinking _,
                            StreamEvent.OpaquePart _,
                            StreamEvent.ToolCallDelta _,
                            StreamEvent.UsageReport _,
                            StreamEvent.Done _ -> {}
                }
            }
            StopReason reason = turn.reason();
            return new Ending.Stopped(reason == null ? StopReason.OTHER : reason);
        } catch (ProviderException e) {
            // Which error a stream shows when it is closed under the reader is chance; the token
            // knows.
            return cancel.isCancelled() || e.kind() == ErrorKind.CANCELLED
                    ? new Ending.Interrupted()
                    : new Ending.Failed(e.kind(), String.valueOf(e.getMessage()));
        }
    }

    /// A local answer is free whether or not it was counted; of one that broke off before that it
    /// is guessed; of any other it is not known.
    private Cost cost(@Nullable Usage usage, Ending ending) {
        if (usage != null) {
            return answer.cost(usage);
        }
        if (answer.cost(Usage.NONE) instanceof Cost.Local local) {
            return local;
        }
        return switch (ending) {
            case Ending.Interrupted _, Ending.Failed _ -> answer.estimate();
            case Ending.Stopped _ -> new Cost.Unknown();
        };
    }
}
