package hal0.relay.forward;

import hal0.home.error.ErrorKind;
import hal0.providers.client.Dialects;
import hal0.providers.dialect.AnswerErrors;
import hal0.providers.dialect.AnswerHead;
import hal0.providers.dialect.AnswerWriter;
import hal0.providers.dialect.Dialect;
import hal0.providers.dialect.InvalidRequestException;
import hal0.providers.dialect.ReadRequest;
import hal0.providers.error.ProviderException;
import hal0.providers.event.StreamEvent;
import hal0.providers.http.UpstreamResponse;
import hal0.providers.sse.SseWriter;
import hal0.relay.answer.Delivery;
import hal0.relay.answer.Question;
import hal0.relay.answer.Telling;
import hal0.relay.error.ErrorShape;
import hal0.relay.error.RelayException;
import hal0.relay.rescue.RescuedStream;
import hal0.relay.rescue.Shown;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Copies one stream from provider to client event by event, so that another target can go on with
/// it where it breaks off.
///
/// **Shape** only whole events go out, each after it was understood; bytes stay the provider's own.
/// From where another target goes on, the events are written in the client's protocol. **Threads**
/// the request's own.
final class RescuedCopy {
    private static final int BUFFER = 8 * 1024;

    private final Upstream upstream;
    private final UpstreamResponse response;
    private final Question question;
    private final Delivery delivery;
    private final Shown shown = new Shown();
    private final AnswerErrors errors;
    private final EventJudge judge;

    RescuedCopy(
            Upstream upstream,
            Question question,
            Dialect dialect,
            AnswerErrors errors,
            Delivery delivery) {
        this.upstream = upstream;
        this.response = upstream.response();
        this.question = question;
        this.delivery = delivery;
        this.errors = errors;
        this.judge = new EventJudge(dialect.decoder(errors), shown, delivery.meter());
    }

    void run() {
        try {
            OutputStream out = delivery.reply().stream();
            try {
                copy(out);
                delivery.meter().answered();
            } catch (ProviderException e) {
                broken(e, out);
            }
            out.close();
        } catch (IOException e) {
            // Only writing to the client throws this: it is gone, and so is the wish for an answer.
            delivery.cancel().cancel("the client left");
            delivery.meter().cancelled();
            throw delivery.reply().abort("the client left");
        }
    }

    private void copy(OutputStream out) throws IOException {
        FollowedPipe pipe = new FollowedPipe(out, judge, errors, upstream.isEdited());
        byte[] buffer = new byte[BUFFER];
        for (int n = response.read(buffer, 0, BUFFER);
                n >= 0;
                n = response.read(buffer, 0, BUFFER)) {
            pipe.write(buffer, 0, n);
            out.flush();
            if (judge.isComplete()) {
                response.limitRest(patience());
            }
        }
        pipe.end();
        out.flush();
    }

    private Duration patience() {
        Duration most = judge.isEnded() ? AnswerCopy.AFTER_END : AnswerCopy.AFTER_FINISH;
        Duration idle = upstream.target().provider().timeouts().idle();
        return idle.isPositive() && idle.compareTo(most) < 0 ? idle : most;
    }

    private void broken(ProviderException failure, OutputStream out) throws IOException {
        if (failure.kind() == ErrorKind.CANCELLED) {
            delivery.meter().failed(failure);
            throw delivery.reply().abort(String.valueOf(failure.getMessage()));
        }
        if (judge.isComplete()) {
            // What fails after a stream's own end is no failure of the answer.
            delivery.meter().answered();
            return;
        }
        out.flush();
        response.abort();
        List<StreamEvent> before = shown.events();
        try (RescuedStream rest =
                RescuedStream.brokenOff(failure, delivery.continuation(), shown)) {
            StreamEvent first = first(rest, out);
            if (first != null) {
                new Telling(delivery, upstream.target(), replayed(before), out).tell(first, rest);
            }
        }
    }

    /// The first event of who goes on; null when nobody does, which the client is told then.
    private @Nullable StreamEvent first(RescuedStream rest, OutputStream out) throws IOException {
        try {
            return rest.next();
        } catch (ProviderException e) {
            delivery.meter().failed(e);
            if (e.kind() == ErrorKind.CANCELLED) {
                throw delivery.reply().abort(String.valueOf(e.getMessage()));
            }
            out.write(new ErrorShape(question.protocol()).event(RelayException.of(e)));
            out.flush();
            return null;
        }
    }

    /// A writer that stands where the provider stopped: as if it had written all that was shown.
    private AnswerWriter replayed(List<StreamEvent> events) throws IOException {
        AnswerWriter writer = Dialects.of(question.protocol()).writer(head());
        SseWriter nowhere = new SseWriter(OutputStream.nullOutputStream());
        for (StreamEvent event : events) {
            writer.write(event, nowhere);
        }
        return writer;
    }

    private AnswerHead head() {
        StreamEvent.Started named = shown.started();
        String id = named == null ? null : named.id();
        String model = named == null ? null : named.model();
        try {
            ReadRequest read = question.neutral();
            return new AnswerHead(
                    id == null ? delivery.meter().caller().requestId() : bare(id),
                    model == null ? upstream.target().model() : model,
                    delivery.meter().caller().at(),
                    read.request(),
                    read.countsUsage());
        } catch (InvalidRequestException e) {
            throw new IllegalStateException("a request that was told on cannot be read", e);
        }
    }

    /// Without the prefix that the writer puts before it.
    private static String bare(String id) {
        for (String prefix : List.of("chatcmpl-", "msg_")) {
            if (id.startsWith(prefix)) {
                return id.substring(prefix.length());
            }
        }
        return id;
    }
}
