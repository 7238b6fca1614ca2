package hal0.providers.client;

import hal0.providers.ChatStream;
import hal0.providers.dialect.AnswerDecoder;
import hal0.providers.dialect.AnswerErrors;
import hal0.providers.error.ProviderException;
import hal0.providers.event.StreamEvent;
import hal0.providers.http.UpstreamResponse;
import hal0.providers.sse.EventTooLargeException;
import hal0.providers.sse.SseFrame;
import hal0.providers.sse.SseReader;
import java.time.Duration;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/// An answer over HTTP, decoded as it is pulled.
///
/// **Shape** once the answer is whole, numbers that may follow it are waited for briefly, and
/// nothing that happens then is an error any more.
final class DecodedStream implements ChatStream {
    private static final long LARGEST_BODY = 64L * 1024 * 1024;
    private static final Duration GRACE = Duration.ofSeconds(2);

    private final UpstreamResponse response;
    private final AnswerDecoder decoder;
    private final AnswerErrors errors;
    private final @Nullable SseReader events;
    private final ArrayDeque<StreamEvent> ready = new ArrayDeque<>();
    private boolean failed;

    DecodedStream(
            UpstreamResponse response,
            AnswerDecoder decoder,
            AnswerErrors errors,
            boolean streamed) {
        this.response = response;
        this.decoder = decoder;
        this.errors = errors;
        this.events = streamed ? new SseReader(response::read) : null;
    }

    @Override
    public @Nullable StreamEvent next() {
        while (ready.isEmpty()) {
            if (failed || decoder.state() == AnswerDecoder.State.DONE) {
                response.close();
                return null;
            }
            boolean whole = false;
            try {
                pull();
                whole = true;
            } finally {
                if (!whole) {
                    failed = true;
                    response.close();
                }
            }
        }
        return ready.poll();
    }

    private void pull() {
        if (events == null) {
            decoder.whole(response.readAll(LARGEST_BODY), ready::add);
            return;
        }
        if (decoder.state() == AnswerDecoder.State.COMPLETE) {
            response.limitIdle(GRACE);
        }
        SseFrame frame = frame(events);
        if (frame == null) {
            decoder.end(ready::add);
        } else {
            decoder.frame(frame, ready::add);
        }
    }

    private @Nullable SseFrame frame(SseReader reader) {
        try {
            return reader.next();
        } catch (EventTooLargeException e) {
            throw errors.bad(String.valueOf(e.getMessage()), new byte[0], 0, 0, e);
        } catch (ProviderException.TimedOut | ProviderException.BadStream e) {
            if (decoder.state() == AnswerDecoder.State.COMPLETE) {
                return null;
            }
            throw e;
        }
    }

    @Override
    public void close() {
        if (decoder.state() == AnswerDecoder.State.DONE) {
            response.close();
        } else {
            response.abort();
        }
    }
}
