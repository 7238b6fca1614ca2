package hal0.agent.mcp.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hal0.providers.http.CancelToken;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// JSON-RPC over a channel: requests with their answers, and what the server says unasked.
///
/// **Threads** any; a request blocks its thread.
final class Peer implements Channel.Inbox {
    private static final System.Logger LOG = System.getLogger(Peer.class.getName());
    private static final int METHOD_NOT_FOUND = -32601;

    /// A clock that a server starts again by telling how far it is ends once, all the same.
    private static final int MOST_CLOCKS = 10;

    private final String server;
    private final Channel channel;
    private final Told told;
    private final AtomicLong ids = new AtomicLong();
    private final Map<Long, BlockingQueue<Arrival>> waiting = new ConcurrentHashMap<>();
    private volatile @Nullable McpException lost;

    /// Who is told what comes unasked. **Threads** as [Channel.Inbox].
    interface Told {
        void notified(String method, JsonNode params);

        void lost(McpException why);
    }

    private sealed interface Arrival {
        record Answer(JsonNode result) implements Arrival {}

        record Progress(String text) implements Arrival {}

        record Failure(McpException why) implements Arrival {}
    }

    /// A request and who waits how for its answer. The answer to `initialize` cannot be cancelled.
    record Request(
            String method,
            ObjectNode params,
            long timeoutMillis,
            boolean cancellable,
            Consumer<String> progress) {}

    Peer(String server, Channel channel, Told told) {
        this.server = server;
        this.channel = channel;
        this.told = told;
    }

    JsonNode request(Request request, CancelToken cancel) {
        long id = ids.incrementAndGet();
        BlockingQueue<Arrival> arrivals = new LinkedBlockingQueue<>();
        waiting.put(id, arrivals);
        try (CancelToken.Registration _ =
                cancel.onCancel(() -> arrivals.add(new Arrival.Failure(cancelled())))) {
            McpException gone = lost;
            if (gone != null) {
                throw gone;
            }
            channel.send(message(id, request));
            return await(id, request, arrivals);
        } finally {
            waiting.remove(id);
        }
    }

    void notify(String method, @Nullable ObjectNode params) {
        ObjectNode message = blank().put("method", method);
        if (params != null) {
            message.set("params", params);
        }
        channel.send(message);
    }

    private JsonNode await(long id, Request request, BlockingQueue<Arrival> arrivals) {
        long clock = TimeUnit.MILLISECONDS.toNanos(request.timeoutMillis());
        long started = System.nanoTime();
        long restarted = started;
        while (true) {
            long now = System.nanoTime();
            long left = Math.min(restarted + clock, started + MOST_CLOCKS * clock) - now;
            Arrival arrival;
            try {
                arrival = arrivals.poll(left, TimeUnit.NANOSECONDS);
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
                arrival = new Arrival.Failure(cancelled());
            }
            switch (arrival) {
                case null -> {
                    withdraw(id, request, "it took too long");
                    throw timedOut(request);
                }
                case Arrival.Answer(var result) -> {
                    return result;
                }
                case Arrival.Progress(var text) -> {
                    restarted = System.nanoTime();
                    request.progress().accept(text);
                }
                case Arrival.Failure(var why) -> {
                    if (why.kind() == McpException.Kind.CANCELLED) {
                        withdraw(id, request, "the user interrupted");
                    }
                    throw why;
                }
            }
        }
    }

    /// On a thread of its own: whoever cancels must not wait for a server that does not read.
    private void withdraw(long id, Request request, String reason) {
        Thread.ofVirtual()
                .name("mcp-" + server + "-withdraw")
                .start(() -> {
                    channel.abandon(id);
                    if (request.cancellable()) {
                        sayCancelled(id, reason);
                    }
                });
    }

    private void sayCancelled(long id, String reason) {
        try {
            notify(
                    "notifications/cancelled",
                    JsonNodeFactory.instance
                            .objectNode()
                            .put("requestId", id)
                            .put("reason", reason));
        } catch (McpException e) {
            // It is not waited for either way.
            LOG.log(System.Logger.Level.DEBUG, "MCP server {0}: {1}", server, e.getMessage());
        }
    }

    @Override
    public void received(JsonNode message) {
        if (message.isArray()) {
            message.forEach(this::received);
            return;
        }
        JsonNode id = message.path("id");
        String method = message.path("method").asText("");
        if (!method.isEmpty() && !id.isMissingNode()) {
            answer(method, id);
        } else if (method.equals("notifications/progress")) {
            progress(message.path("params"));
        } else if (!method.isEmpty()) {
            told.notified(method, message.path("params"));
        } else if (id.canConvertToLong() || id.isTextual()) {
            answered(id.asLong(-1), message);
        } else if (message.has("error")) {
            LOG.log(System.Logger.Level.WARNING, "MCP server {0}: {1}", server, refusal(message));
        }
    }

    private void answered(long id, JsonNode message) {
        if (message.has("error")) {
            arrived(id, new Arrival.Failure(refusal(message)));
        } else {
            arrived(id, new Arrival.Answer(message.path("result")));
        }
    }

    private void progress(JsonNode params) {
        StringBuilder text = new StringBuilder();
        if (params.has("progress")) {
            text.append(params.path("progress").asText());
            if (params.has("total")) {
                text.append('/').append(params.path("total").asText());
            }
        }
        String said = params.path("message").asText("");
        if (!said.isEmpty()) {
            text.append(text.isEmpty() ? "" : " ").append(said);
        }
        arrived(
                params.path("progressToken").asLong(-1),
                new Arrival.Progress(text.append('\n').toString()));
    }

    /// This client offers nothing to a server but to say that it is there.
    private void answer(String method, JsonNode id) {
        ObjectNode answer = blank();
        answer.set("id", id);
        if (method.equals("ping")) {
            answer.putObject("result");
        } else {
            answer.putObject("error")
                    .put("code", METHOD_NOT_FOUND)
                    .put("message", "this client has no " + method);
        }
        Thread.ofVirtual()
                .name("mcp-" + server + "-answer")
                .start(() -> {
                    try {
                        channel.send(answer);
                    } catch (McpException e) {
                        // The reader of the channel tells everybody that it is lost.
                        LOG.log(System.Logger.Level.DEBUG, e.said());
                    }
                });
    }

    @Override
    public void failed(long id, McpException why) {
        arrived(id, new Arrival.Failure(why));
    }

    @Override
    public void lost(McpException why) {
        lost = why;
        // First: who is told that a call failed may make the next one at once.
        told.lost(why);
        waiting.values().forEach(arrivals -> arrivals.add(new Arrival.Failure(why)));
    }

    private void arrived(long id, Arrival arrival) {
        BlockingQueue<Arrival> arrivals = waiting.get(id);
        if (arrivals != null) {
            arrivals.add(arrival);
        }
    }

    private static ObjectNode message(long id, Request request) {
        ObjectNode message = blank().put("id", id).put("method", request.method());
        // The token of progress is the id: both are unique for as long as it is waited for.
        if (request.method().equals("tools/call")) {
            request.params().putObject("_meta").put("progressToken", id);
        }
        message.set("params", request.params());
        return message;
    }

    private static ObjectNode blank() {
        return JsonNodeFactory.instance.objectNode().put("jsonrpc", "2.0");
    }

    private McpException refusal(JsonNode message) {
        JsonNode error = message.path("error");
        String said = error.path("message").asText("no reason given");
        return new McpException(
                McpException.Kind.REFUSED,
                "the MCP server %s refuses it: %s (%s)"
                        .formatted(server, Excerpt.of(said), error.path("code").asText()));
    }

    private McpException cancelled() {
        return new McpException(
                McpException.Kind.CANCELLED,
                "cancelled: the MCP server " + server + " was told to stop");
    }

    private McpException timedOut(Request request) {
        return new McpException(
                McpException.Kind.TIMED_OUT,
                "the MCP server %s did not answer %s within %s s (mcp.servers.%s.timeout_seconds)"
                        .formatted(
                                server,
                                request.method(),
                                seconds(request.timeoutMillis()),
                                server));
    }

    private static String seconds(long millis) {
        return millis % 1000 == 0 ? String.valueOf(millis / 1000) : String.valueOf(millis / 1000.0);
    }
}
