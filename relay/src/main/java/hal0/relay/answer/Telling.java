package hal0.relay.answer;

import hal0.home.error.ErrorKind;
import hal0.providers.ChatStream;
import hal0.providers.dialect.AnswerWriter;
import hal0.providers.error.ProviderException;
import hal0.providers.event.StreamEvent;
import hal0.providers.sse.SseWriter;
import hal0.relay.dispatch.Meter;
import hal0.relay.dispatch.Target;
import hal0.relay.error.ErrorShape;
import hal0.relay.error.RelayException;
import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/// Tells a stream of events to a client in the client's protocol, to its end or to its error event.
///
/// **Shape** a comment says when another target goes on. The end is not flushed: who opened the
/// client's stream closes it. **Errors** [IOException] only when the client is gone. **Threads**
/// the request's own.
public final class Telling {
    private final Delivery delivery;
    private final Meter meter;
    private final AnswerWriter writer;
    private final OutputStream out;
    private final SseWriter events;
    private Target speaking;

    /// `first` is the target that began.
    public Telling(Delivery delivery, Target first, AnswerWriter writer, OutputStream out) {
        this.delivery = delivery;
        this.meter = delivery.meter();
        this.writer = writer;
        this.out = out;
        this.events = new SseWriter(out);
        this.speaking = first;
    }

    /// `first` was taken from the stream already.
    public void tell(@Nullable StreamEvent first, ChatStream stream) throws IOException {
        try {
            StreamEvent event = first == null ? stream.next() : first;
            while (event != null) {
                tellOfAnother();
                StreamEvent told = followed(event, meter);
                if (told instanceof StreamEvent.Done) {
                    meter.complete();
                }
                writer.write(told, events);
                // What has come together goes out together, and the last with the end of the body.
                if (!(told instanceof StreamEvent.Done) && !stream.isReady()) {
                    out.flush();
                }
                event = stream.next();
            }
            meter.answered();
        } catch (ProviderException e) {
            meter.failed(e);
            if (e.kind() == ErrorKind.CANCELLED) {
                throw delivery.reply().abort(String.valueOf(e.getMessage()));
            }
            writer.fail(ErrorShape.wire(RelayException.of(e)), events);
            out.flush();
        }
    }

    private void tellOfAnother() throws IOException {
        Target now = meter.target();
        if (now != null && !isSpeaking(now)) {
            speaking = now;
            events.comment("hal0: " + AnswerHeaders.encoded(now.toString()) + " goes on");
        }
    }

    private boolean isSpeaking(Target target) {
        return target.model().equals(speaking.model())
                && target.provider().id().equals(speaking.provider().id());
    }

    /// The event as the client is told it: usage is that of all who took part.
    public static StreamEvent followed(StreamEvent event, Meter meter) {
        if (event.isContent()) {
            meter.firstToken();
        }
        if (event instanceof StreamEvent.UsageReport(var usage)) {
            meter.usage(usage);
            return new StreamEvent.UsageReport(meter.usageInAll());
        }
        if (event instanceof StreamEvent.Started(_, var model)) {
            meter.answeredBy(model);
        }
        return event;
    }
}
