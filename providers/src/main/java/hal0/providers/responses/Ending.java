package hal0.providers.responses;

import hal0.providers.event.StopReason;
import org.jspecify.annotations.Nullable;

/// How an answer ends, in the words of this protocol.
///
/// **Shape** `reason` null where an answer is incomplete and there is no word for why.
record Ending(AnswerEnvelope.Status status, @Nullable String reason) {

    static Ending of(StopReason reason) {
        return switch (reason) {
            case END, TOOL_CALLS, STOP_SEQUENCE ->
                    new Ending(AnswerEnvelope.Status.COMPLETED, null);
            case LENGTH -> new Ending(AnswerEnvelope.Status.INCOMPLETE, "max_output_tokens");
            case REFUSAL -> new Ending(AnswerEnvelope.Status.INCOMPLETE, "content_filter");
            case PAUSE, OTHER -> new Ending(AnswerEnvelope.Status.INCOMPLETE, null);
        };
    }

    /// The status of an item that was still open.
    String itemStatus() {
        return status.word();
    }
}
