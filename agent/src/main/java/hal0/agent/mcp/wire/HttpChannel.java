package hal0.agent.mcp.wire;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hal0.providers.error.ProviderException;
import hal0.providers.http.CancelToken;
import hal0.providers.http.Transport;
import hal0.providers.http.UpstreamResponse;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Streamable HTTP: each message is a POST, whose answer is JSON or a stream of events; a GET
/// stands open for what the server says unasked.
///
/// **Shape** a stream that breaks before its answer is taken up again where the server numbers its
/// events. **Errors** a session that the server forgot is told as lost, `SESSION_LOST`. **Threads**
/// one for each request under way, and one for the GET. **Source**
/// modelcontextprotocol.io/specification 2025-11-25, basic/transports, read 2026-11-21.
public final class HttpChannel implements Channel {
    private static final System.Logger LOG = System.getLogger(HttpChannel.class.getName());
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long LONGEST_ANSWER = 32 << 20;
    private static final int FRUITLESS_RESUMES = 5;
    private static final Duration GOODBYE = Duration.ofSeconds(2);

    private final String server;
    private final HttpCalls calls;
    private final Map<Long, CancelToken> underWay = new ConcurrentHashMap<>();
    private final CancelToken closing = new CancelToken();
    private volatile @Nullable Inbox inbox;

    /// **Shape** `headers` are as they are sent.
    public HttpChannel(
            String server,
            URI url,
            Map<String, String> headers,
            Bearer bearer,
            Transport transport) {
        this.server = server;
        this.calls = new HttpCalls(server, url, headers, bearer, transport);
    }

    @Override
    public void open(Inbox to) {
        inbox = to;
    }

    private Inbox inbox() {
        Inbox to = inbox;
        if (to == null) {
            throw new IllegalStateException("not open");
        }
        return to;
    }

    @Override
    public void send(ObjectNode message) {
        byte[] body = bytes(message);
        if (!message.has("id") || !message.has("method")) {
            calls.send("POST", body, null, closing).close();
            return;
        }
        long id = message.path("id").asLong();
        boolean first = message.path("method").asText().equals("initialize");
        CancelToken token = new CancelToken();
        underWay.put(id, token);
        Thread.ofVirtual()
                .name("mcp-" + server + "-request-" + id)
                .start(() -> exchange(id, body, first, token));
    }

    private static byte[] bytes(ObjectNode message) {
        try {
            return JSON.writeValueAsBytes(message);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private void exchange(long id, byte[] body, boolean first, CancelToken token) {
        try (CancelToken.Registration _ = closing.onCancel(() -> token.cancel("closed"))) {
            answer(id, body, first, token);
        } catch (McpException e) {
            failed(id, e);
        } catch (ProviderException e) {
            failed(id, calls.gone(e));
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, "MCP server " + server, e);
            failed(id, garbled("hal0 made a mistake: " + e));
        } finally {
            underWay.remove(id);
        }
    }

    private void failed(long id, McpException why) {
        if (why.kind() == McpException.Kind.SESSION_LOST) {
            inbox().lost(why);
        } else {
            inbox().failed(id, why);
        }
    }

    private void answer(long id, byte[] body, boolean first, CancelToken token) {
        EventStream stream = new EventStream(id, inbox());
        try (UpstreamResponse answer = calls.send("POST", body, null, token)) {
            if (first) {
                calls.session(answer.headers().find("Mcp-Session-Id").orElse(null));
            }
            String type = answer.headers().find("Content-Type").orElse("");
            if (!type.toLowerCase(Locale.ROOT).startsWith("text/event-stream")) {
                inbox().received(parsed(answer, type));
                return;
            }
            read(stream, answer);
        }
        resume(stream, token);
    }

    private JsonNode parsed(UpstreamResponse answer, String type) {
        byte[] body = answer.readAll(LONGEST_ANSWER);
        try {
            JsonNode message = JSON.readTree(body);
            if (message != null && message.isContainerNode()) {
                return message;
            }
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, "MCP server {0}: {1}", server, e.getMessage());
        }
        throw garbled(
                body.length == 0
                        ? "an empty answer with status " + answer.status()
                        : "an answer of type \"%s\" that is no message".formatted(type));
    }

    /// Takes a broken stream up again, until the answer was in it or nothing more comes of it.
    private void resume(EventStream stream, CancelToken token) {
        int fruitless = 0;
        while (!stream.answered()) {
            String last = stream.lastId();
            if (last == null || fruitless == FRUITLESS_RESUMES) {
                throw garbled("a stream that ended without the answer");
            }
            stream.await(fruitless, token);
            try (UpstreamResponse answer = calls.send("GET", null, last, token)) {
                fruitless = read(stream, answer) ? 0 : fruitless + 1;
            } catch (McpException e) {
                if (e.kind() != McpException.Kind.GONE) {
                    throw e;
                }
                fruitless++;
            }
        }
    }

    /// Reads to the end or the break of a stream; whether a message came.
    private static boolean read(EventStream stream, UpstreamResponse answer) {
        try {
            return stream.read(answer);
        } catch (ProviderException.Cancelled e) {
            throw e;
        } catch (ProviderException e) {
            // A break, after which it is taken up again where that is possible.
            LOG.log(System.Logger.Level.DEBUG, e.getMessage());
            return false;
        }
    }

    @Override
    public void established(String protocolVersion) {
        calls.version(protocolVersion);
        Thread.ofVirtual().name("mcp-" + server + "-listen").start(this::listen);
    }

    /// Hears what comes unasked, for as long as this is open and the server offers it.
    private void listen() {
        EventStream stream = new EventStream(-1, inbox());
        int fruitless = 0;
        while (!closing.isCancelled()) {
            try (UpstreamResponse answer = calls.send("GET", null, stream.lastId(), closing)) {
                String type = answer.headers().find("Content-Type").orElse("");
                if (!type.toLowerCase(Locale.ROOT).startsWith("text/event-stream")) {
                    return;
                }
                fruitless = read(stream, answer) ? 0 : fruitless + 1;
            } catch (McpException e) {
                if (e.kind() == McpException.Kind.SESSION_LOST) {
                    inbox().lost(e);
                }
                if (e.kind() != McpException.Kind.GONE) {
                    // Most servers offer none: 405.
                    LOG.log(System.Logger.Level.DEBUG, e.said());
                    return;
                }
                fruitless++;
            } catch (ProviderException e) {
                return; // cancelled: this is closed
            }
            stream.await(fruitless, closing);
        }
    }

    private McpException garbled(String what) {
        return new McpException(
                McpException.Kind.GARBLED, "the MCP server %s gave %s".formatted(server, what));
    }

    @Override
    public void abandon(long id) {
        CancelToken token = underWay.get(id);
        if (token != null) {
            token.cancel("abandoned");
        }
    }

    @Override
    public void close() {
        if (closing.isCancelled()) {
            return;
        }
        closing.cancel("closed");
        if (calls.session() != null) {
            goodbye();
        }
    }

    /// Lets the server forget the session; one that does not answer is not waited for.
    private void goodbye() {
        CancelToken token = new CancelToken();
        Thread saying =
                Thread.ofVirtual()
                        .name("mcp-" + server + "-goodbye")
                        .start(() -> {
                            try {
                                calls.send("DELETE", null, null, token).close();
                            } catch (McpException e) {
                                // Not all servers offer it: 405.
                                LOG.log(System.Logger.Level.DEBUG, e.said());
                            }
                        });
        try {
            if (!saying.join(GOODBYE)) {
                token.cancel("it takes too long");
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            token.cancel("interrupted");
        }
    }
}
