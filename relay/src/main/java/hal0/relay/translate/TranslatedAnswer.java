package hal0.relay.translate;

import hal0.providers.ChatStream;
import hal0.providers.client.Dialects;
import hal0.providers.dialect.AnswerHead;
import hal0.providers.dialect.AnswerWriter;
import hal0.providers.dialect.InvalidRequestException;
import hal0.providers.dialect.ReadRequest;
import hal0.providers.error.ProviderException;
import hal0.providers.event.StreamEvent;
import hal0.relay.answer.AnswerHeaders;
import hal0.relay.answer.Delivery;
import hal0.relay.answer.OpenAnswer;
import hal0.relay.answer.Question;
import hal0.relay.answer.Reply;
import hal0.relay.answer.Telling;
import hal0.relay.dispatch.Meter;
import hal0.relay.dispatch.RescueRules;
import hal0.relay.dispatch.Target;
import hal0.relay.rescue.HeldStream;
import hal0.relay.rescue.RescuedStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An answer that is told to the client in the client's protocol, event by event.
final class TranslatedAnswer implements OpenAnswer {
    /// **Units** bytes.
    private static final int BATCH = 16 * 1024;

    private final Question question;
    private final Target target;
    private final HeldStream stream;
    private final Dropped dropped;
    private final Instant created;

    TranslatedAnswer(
            Question question, Target target, ChatStream stream, Dropped dropped, Instant created) {
        this.question = question;
        this.target = target;
        this.stream = new HeldStream(stream);
        this.dropped = dropped;
        this.created = created;
    }

    @Override
    public Target target() {
        return target;
    }

    @Override
    public void hold() {
        if (question.streamed()) {
            stream.hold(RescueRules.LONGEST_HOLD);
        } else {
            stream.holdAll();
        }
    }

    @Override
    public @Nullable ProviderException failure() {
        // What failed has thrown: a stream that is open is an answer.
        return null;
    }

    @Override
    public void deliver(Delivery delivery) {
        Meter meter = delivery.meter();
        AnswerWriter writer = writer(meter);
        try {
            if (question.streamed()) {
                stream(delivery, writer);
            } else {
                whole(delivery, writer);
            }
        } catch (IOException e) {
            // Only writing to the client throws this: it is gone, and so is the wish for an answer.
            delivery.cancel().cancel("the client left");
            meter.cancelled();
            throw delivery.reply().abort("the client left");
        }
    }

    private AnswerWriter writer(Meter meter) {
        try {
            ReadRequest read = question.neutral();
            return Dialects.of(question.protocol())
                    .writer(
                            new AnswerHead(
                                    meter.caller().requestId(),
                                    target.model(),
                                    created,
                                    read.request(),
                                    read.countsUsage()));
        } catch (InvalidRequestException e) {
            throw new IllegalStateException("a request that was sent cannot be read", e);
        }
    }

    private void whole(Delivery delivery, AnswerWriter writer) throws IOException {
        List<StreamEvent> events = new ArrayList<>();
        for (StreamEvent event = stream.next(); event != null; event = stream.next()) {
            events.add(Telling.followed(event, delivery.meter()));
        }
        byte[] body = writer.whole(events);
        delivery.meter().complete();
        head(delivery, "application/json");
        delivery.reply().send(body);
        delivery.meter().answered();
    }

    private void stream(Delivery delivery, AnswerWriter writer) throws IOException {
        head(delivery, "text/event-stream");
        delivery.reply().set("Cache-Control", "no-cache");
        OutputStream out = new BufferedOutputStream(delivery.reply().stream(), BATCH);
        try (ChatStream rescued = new RescuedStream(stream, delivery.continuation())) {
            new Telling(delivery, target, writer, out).tell(null, rescued);
        }
        out.close();
    }

    private void head(Delivery delivery, String type) {
        Reply reply = delivery.reply();
        reply.status(200).set("Content-Type", type);
        if (!dropped.isEmpty()) {
            reply.set(Dropped.HEADER, dropped.header());
        }
        AnswerHeaders.write(delivery, target);
    }

    @Override
    public void close() {
        stream.close();
    }
}
