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
/// **Shape** the first-token clock of the call runs until the model says something, whatever else
/// comes. Once the answer is whole, numbers that may follow it are waited for briefly, and nothing
/// that happens then is an error any more.
final class DecodedStream implements ChatStream {
    private static final long LARGEST_BODY = 64L * 1024 * 1024;

    /// For numbers that a server may send behind its last word, and for its end marker behind them.
    private static final Duration GRACE = Duration.ofSeconds(2);

    private static final Duration COUNTED_GRACE = Duration.ofMillis(200);

    private final UpstreamResponse response;
    private final AnswerDecoder decoder;
    private final AnswerErrors errors;
    private final @Nullable SseReader events;
    private final ArrayDeque<StreamEvent> ready = new ArrayDeque<>();
    private AnswerDecoder.State seen = AnswerDecoder.State.OPEN;
    private boolean contentSeen;
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
        if (streamed) {
            response.awaitContent();
        }
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
        SseFrame frame = frame(events);
        if (frame == null) {
            decoder.end(ready::add);
        } else {
            decoder.frame(frame, ready::add);
        }
        if (!contentSeen && ready.stream().anyMatch(StreamEvent::isContent)) {
            contentSeen = true;
            response.contentBegan();
        }
        if (decoder.state() != seen) {
            seen = decoder.state();
            entered(seen);
        }
    }

    private void entered(AnswerDecoder.State state) {
        switch (state) {
            case OPEN, DONE -> {}
            case COMPLETE -> {
                response.contentBegan();
                response.limitRest(GRACE);
            }
            case COUNTED -> {
                response.contentBegan();
                response.limitRest(COUNTED_GRACE);
            }
        }
    }

    @Override
    public boolean isReady() {
        return !ready.isEmpty() || (events != null && events.isReady());
    }

    private boolean whole() {
        return decoder.state() != AnswerDecoder.State.OPEN;
    }

    private @Nullable SseFrame frame(SseReader reader) {
        try {
            return reader.next();
        } catch (EventTooLargeException e) {
            throw errors.bad(String.valueOf(e.getMessage()), new byte[0], 0, 0, e);
        } catch (ProviderException.TimedOut | ProviderException.BadStream e) {
            if (whole()) {
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
