package hal0.relay.mcp.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;

import hal0.relay.route.Exchange;
import io.modelcontextprotocol.spec.McpSchema.ErrorCodes;
import io.modelcontextprotocol.spec.ProtocolVersions;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Brings what is on a stream to the client that listens.
///
/// **Shape** an answer that comes at once, alone, is JSON; else events whose ids name the stream
/// and the message, so that a client that lost its connection can say where to go on. **Threads**
/// the request's.
final class Delivery {
    private static final byte[] COMMENT = ": \n\n".getBytes(UTF_8);
    private static final int RETRY_MS = 1000;

    private final Bounds bounds;

    Delivery(Bounds bounds) {
        this.bounds = bounds;
    }

    static boolean takesJson(Exchange exchange) {
        return takes(exchange, "application/json");
    }

    static boolean takesStream(Exchange exchange) {
        return takes(exchange, "text/event-stream");
    }

    private static boolean takes(Exchange exchange, String type) {
        String accept = exchange.header("Accept");
        if (accept == null) {
            return true;
        }
        String words = accept.toLowerCase(Locale.ROOT);
        String family = type.substring(0, type.indexOf('/') + 1) + "*";
        return words.contains(type) || words.contains("*/*") || words.contains(family);
    }

    /// Answers a request. Where the client leaves before it got an id to come back with, nobody can
    /// ever fetch the answer, and the work is given up.
    void answer(Exchange exchange, Conversation conversation, Underway underway) {
        try {
            if (takesStream(exchange)) {
                streamed(exchange, conversation, underway);
            } else {
                alone(exchange, underway);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw exchange.abort("the relay ends");
        }
    }

    private void streamed(Exchange exchange, Conversation conversation, Underway underway)
            throws InterruptedException {
        MessageStream stream = underway.stream();
        int who = stream.listen();
        Duration patience = takesJson(exchange) ? bounds.patience() : Duration.ZERO;
        MessageStream.Batch first = stream.after(who, 0, patience, exchange.cancel());
        requireThere(exchange, underway);
        List<MessageStream.Message> messages = first.messages();
        if (takesJson(exchange) && messages.size() == 1 && messages.getFirst().answer()) {
            send(exchange, messages.getFirst());
            return;
        }
        events(exchange, conversation, conversation.keep(stream), stream, who, 0);
    }

    /// For a client that takes nothing but JSON: what is said before the answer is left out.
    private void alone(Exchange exchange, Underway underway) throws InterruptedException {
        MessageStream stream = underway.stream();
        int who = stream.listen();
        MessageStream.Batch batch = new MessageStream.Batch(List.of(), false);
        for (long number = 0; !batch.over(); ) {
            batch = stream.after(who, number, bounds.keepAlive(), exchange.cancel());
            requireThere(exchange, underway);
            for (MessageStream.Message message : batch.messages()) {
                number = message.number();
                if (message.answer()) {
                    send(exchange, message);
                    return;
                }
            }
        }
        // It was cancelled: no answer follows.
        exchange.send(202, "application/json", new byte[0]);
    }

    private static void requireThere(Exchange exchange, Underway underway) {
        if (exchange.cancel().isCancelled()) {
            underway.drop("the client left");
            throw exchange.abort("the client left");
        }
    }

    private static void send(Exchange exchange, MessageStream.Message answer) {
        exchange.sendJson(200, answer.json().getBytes(UTF_8));
    }

    /// Goes on after the event that a client names, or with what nobody has heard yet.
    void listen(Exchange exchange, Conversation conversation, @Nullable String lastEvent) {
        String name = Conversation.UNASKED;
        long from = conversation.unasked().delivered();
        if (lastEvent != null) {
            int dash = lastEvent.lastIndexOf('-');
            if (dash < 0 || !lastEvent.substring(dash + 1).matches("\\d{1,18}")) {
                throw unknown();
            }
            name = lastEvent.substring(0, dash);
            from = Long.parseLong(lastEvent.substring(dash + 1));
        }
        MessageStream stream = conversation.stream(name);
        if (stream == null) {
            throw unknown();
        }
        try {
            events(exchange, conversation, name, stream, stream.listen(), from);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw exchange.abort("the relay ends");
        }
    }

    private static Refused unknown() {
        return new Refused(
                404,
                ErrorCodes.INVALID_REQUEST,
                "the stream of that Last-Event-ID is not remembered; listen without it");
    }

    private void events(
            Exchange exchange,
            Conversation conversation,
            String name,
            MessageStream stream,
            int who,
            long from)
            throws InterruptedException {
        exchange.status(200)
                .set("Content-Type", "text/event-stream")
                .set("Cache-Control", "no-store")
                .set("X-Accel-Buffering", "no");
        try (OutputStream out = exchange.stream()) {
            out.write(begin(conversation, name, from));
            out.flush();
            long number = from;
            boolean over = false;
            while (!over && !exchange.cancel().isCancelled()) {
                MessageStream.Batch batch =
                        stream.after(who, number, bounds.keepAlive(), exchange.cancel());
                for (MessageStream.Message message : batch.messages()) {
                    out.write(event(name, message));
                    number = message.number();
                }
                if (batch.messages().isEmpty() && !batch.over()) {
                    out.write(COMMENT);
                }
                out.flush();
                over = batch.over();
            }
        } catch (IOException e) {
            throw exchange.abort("the client left");
        }
    }

    /// An event without a message gives the client an id to come back with before anything was
    /// said; clients of older revisions take it for a broken message.
    private static byte[] begin(Conversation conversation, String name, long from) {
        return conversation.version().compareTo(ProtocolVersions.MCP_2025_11_25) >= 0
                ? "id: %s-%d\nretry: %d\ndata: \n\n".formatted(name, from, RETRY_MS).getBytes(UTF_8)
                : COMMENT;
    }

    /// Its JSON is one line.
    private static byte[] event(String name, MessageStream.Message message) {
        return "event: message\nid: %s-%d\ndata: %s\n\n"
                .formatted(name, message.number(), message.json())
                .getBytes(UTF_8);
    }
}
