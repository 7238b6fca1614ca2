package hal0.relay.forward;

import hal0.providers.dialect.AnswerDecoder;
import hal0.providers.event.StreamEvent;
import hal0.providers.sse.SseFrame;
import hal0.providers.sse.SseParser;
import hal0.relay.dispatch.Meter;
import hal0.relay.rescue.Shown;
import java.util.ArrayList;
import java.util.List;

/// Understands each event of a stream before it goes out, and remembers what was shown.
///
/// **Errors** what an event reports, or how it breaks its protocol. **Threads** one.
final class EventJudge {
    private final AnswerDecoder decoder;
    private final Shown shown;
    private final Meter meter;
    private final SseParser parser = new SseParser(Integer.MAX_VALUE);
    private final List<StreamEvent> said = new ArrayList<>();
    private int followed;

    EventJudge(AnswerDecoder decoder, Shown shown, Meter meter) {
        this.decoder = decoder;
        this.shown = shown;
        this.meter = meter;
    }

    /// The next event, whole.
    void event(byte[] bytes, int from, int to) {
        parser.feed(bytes, from, to - from);
        understand();
    }

    /// An event at the end of the stream that was not ended itself.
    void last(byte[] bytes, int from, int to) {
        parser.feed(bytes, from, to - from);
        parser.finish();
        understand();
    }

    private void understand() {
        for (SseFrame frame = parser.poll(); frame != null; frame = parser.poll()) {
            if (!isEnded()) {
                decoder.frame(frame, said::add);
            }
        }
        follow();
    }

    /// The stream is over.
    ///
    /// **Errors** when it was not whole.
    void end() {
        if (!isEnded()) {
            decoder.end(said::add);
            follow();
        }
    }

    private void follow() {
        for (StreamEvent event : said.subList(followed, said.size())) {
            if (event.isContent()) {
                meter.firstToken();
            } else if (event instanceof StreamEvent.UsageReport(var usage)) {
                meter.usage(usage);
            } else if (event instanceof StreamEvent.Started(_, var model)) {
                meter.answeredBy(model);
            } else if (event instanceof StreamEvent.Done) {
                meter.complete();
            }
        }
        followed = said.size();
    }

    /// Whether what was understood last is a word behind which another answer could go on, or one
    /// behind which none can: then nothing is to wait any longer.
    boolean isAtWord() {
        return isComplete()
                || !shown.canBeContinued()
                || said.stream().anyMatch(EventJudge::isWord);
    }

    private static boolean isWord(StreamEvent event) {
        return switch (event) {
            case StreamEvent.TextDelta _,
                    StreamEvent.ThinkingDelta _,
                    StreamEvent.ToolCallDelta _,
                    StreamEvent.OpaquePart _ ->
                    true;
            // In their protocols these stand in what is still to be closed.
            case StreamEvent.ThinkingSignature _, StreamEvent.RedactedThinking _ -> false;
            case StreamEvent.Started _, StreamEvent.UsageReport _, StreamEvent.Done _ -> false;
        };
    }

    /// All that was understood so far goes out.
    void shown() {
        said.forEach(shown::add);
        said.clear();
        followed = 0;
    }

    boolean isComplete() {
        return decoder.state() != AnswerDecoder.State.OPEN;
    }

    boolean isEnded() {
        return decoder.state() == AnswerDecoder.State.DONE;
    }
}
