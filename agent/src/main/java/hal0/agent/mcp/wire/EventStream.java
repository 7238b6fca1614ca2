package hal0.agent.mcp.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hal0.providers.http.CancelToken;
import hal0.providers.http.UpstreamResponse;
import hal0.providers.sse.SseFrame;
import hal0.providers.sse.SseReader;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// What is known of one stream of events over all the connections that carry it.
///
/// **Threads** one.
final class EventStream {
    private static final System.Logger LOG = System.getLogger(EventStream.class.getName());
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long USUAL_WAIT_MILLIS = 1000;
    private static final long LONGEST_WAIT_MILLIS = 60_000;
    private static final int MOST_DOUBLINGS = 6;

    private final long request;
    private final Channel.Inbox inbox;
    private @Nullable String lastId;
    private long retryMillis = -1;
    private boolean answered;

    /// `request` is the id whose answer this stream is for, or -1.
    EventStream(long request, Channel.Inbox inbox) {
        this.request = request;
        this.inbox = inbox;
    }

    /// Whether the answer that it is for has come.
    boolean answered() {
        return answered;
    }

    /// The last event that came; null where the server does not number them.
    @Nullable String lastId() {
        return lastId;
    }

    /// Hands on what comes until the stream ends or has answered; whether anything came.
    ///
    /// **Errors** [hal0.providers.error.ProviderException] when it breaks.
    boolean read(UpstreamResponse answer) {
        SseReader events = new SseReader(answer::read);
        boolean came = false;
        SseFrame event;
        while (!answered && (event = events.next()) != null) {
            if (!event.complete()) {
                return came; // cut in the middle: it comes again
            }
            if (event.retryMillis() >= 0) {
                retryMillis = event.retryMillis();
            }
            if (event.id() != null && !event.id().isEmpty()) {
                lastId = event.id();
            }
            came |= handedOn(event);
        }
        return came;
    }

    private boolean handedOn(SseFrame event) {
        if (event.length() == 0) {
            return false; // only there to number the stream
        }
        try {
            JsonNode message = JSON.readTree(event.bytes(), event.offset(), event.length());
            if (message.isContainerNode()) {
                answered = request >= 0 && answers(message);
                inbox.received(message);
                return true;
            }
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, "an event that is no message: {0}", e.getMessage());
        }
        return false;
    }

    private boolean answers(JsonNode message) {
        if (message.isArray()) {
            for (JsonNode each : message) {
                if (answers(each)) {
                    return true;
                }
            }
        }
        return !message.has("method") && message.path("id").asLong(-1) == request;
    }

    /// Waits as long as the server asks for, longer after each time that nothing came.
    void await(int fruitless, CancelToken cancel) {
        long first = retryMillis >= 0 ? retryMillis : USUAL_WAIT_MILLIS;
        long millis =
                Math.min(
                        LONGEST_WAIT_MILLIS,
                        Math.max(first, 10) << Math.min(fruitless, MOST_DOUBLINGS));
        CountDownLatch cancelled = new CountDownLatch(1);
        try (CancelToken.Registration _ = cancel.onCancel(cancelled::countDown)) {
            var _ = cancelled.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
