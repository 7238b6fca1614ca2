package hal0.relay.forward;

import hal0.providers.dialect.AnswerDecoder;
import hal0.providers.event.StreamEvent;
import hal0.providers.sse.EventTooLargeException;
import hal0.providers.sse.SseFrame;
import hal0.providers.sse.SseParser;
import hal0.relay.dispatch.Meter;
import hal0.relay.rescue.Shown;
import java.util.ArrayList;
import java.util.List;

/// Understands each event of a stream before it goes out, and remembers what was shown.
///
/// **Errors** what an event reports, or how it breaks its protocol: such an event does not go out.
/// **Threads** one.
final class EventJudge implements EventPipe.Judge {
    private final AnswerDecoder decoder;
    private final Shown shown;
    private final Meter meter;
    private final boolean usageAdded;
    private final SseParser parser = new SseParser();
    private final List<StreamEvent> said = new ArrayList<>();

    EventJudge(AnswerDecoder decoder, Shown shown, Meter meter, boolean usageAdded) {
        this.decoder = decoder;
        this.shown = shown;
        this.meter = meter;
        this.usageAdded = usageAdded;
    }

    @Override
    public AddedUsage.Verdict judge(byte[] bytes, int from, int to) {
        parser.feed(bytes, from, to - from);
        understand();
        return usageAdded ? AddedUsage.judge(bytes, from, to) : AddedUsage.Verdict.KEEP;
    }

    @Override
    public AddedUsage.Verdict last(byte[] bytes, int from, int to) {
        parser.feed(bytes, from, to - from);
        parser.finish();
        understand();
        return AddedUsage.Verdict.KEEP;
    }

    private void understand() {
        try {
            for (SseFrame frame = parser.poll(); frame != null; frame = parser.poll()) {
                if (!isEnded()) {
                    decoder.frame(frame, said::add);
                }
            }
        } catch (EventTooLargeException e) {
            // It was whole in the pipe, whose limit is the same but for the names of its fields.
            throw new IllegalStateException("an event outgrew what it was read from", e);
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
        for (StreamEvent event : said) {
            if (event.isContent()) {
                meter.firstToken();
            } else if (event instanceof StreamEvent.UsageReport(var usage)) {
                meter.usage(usage);
            }
            shown.add(event);
        }
        said.clear();
    }

    boolean isComplete() {
        return decoder.state() != AnswerDecoder.State.OPEN;
    }

    boolean isEnded() {
        return decoder.state() == AnswerDecoder.State.DONE;
    }
}
