package hal0.agent.mcp.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hal0.providers.Provider;
import hal0.providers.Timeouts;
import hal0.providers.error.ProviderException;
import hal0.providers.http.Body;
import hal0.providers.http.CancelToken;
import hal0.providers.http.Headers;
import hal0.providers.http.Transport;
import hal0.providers.http.UpstreamRequest;
import hal0.providers.http.UpstreamResponse;
import hal0.providers.message.Protocol;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Single HTTP calls to one server: its address, its headers, who calls, and what a status means.
///
/// **Threads** any.
final class HttpCalls {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long LONGEST_ERROR = 1 << 16;

    /// Only how long a connection may take: the rest is the clock of the request.
    private static final Timeouts CLOCKS =
            new Timeouts(Duration.ofSeconds(10), Duration.ZERO, Duration.ZERO, Duration.ZERO);

    private final String server;
    private final URI url;
    private final Map<String, String> headers;
    private final boolean ownAuthorization;
    private final Bearer bearer;
    private final Transport transport;
    private final Provider asProvider;
    private volatile @Nullable String session;
    private volatile @Nullable String version;

    HttpCalls(
            String server,
            URI url,
            Map<String, String> headers,
            Bearer bearer,
            Transport transport) {
        this.server = server;
        this.url = url;
        this.headers = Map.copyOf(headers);
        this.ownAuthorization =
                headers.keySet().stream().anyMatch("Authorization"::equalsIgnoreCase);
        this.bearer = bearer;
        this.transport = transport;
        this.asProvider =
                Provider.builder("the MCP server " + server, Protocol.OPENAI, url)
                        .timeouts(CLOCKS)
                        .build();
    }

    void session(@Nullable String id) {
        session = id;
    }

    @Nullable String session() {
        return session;
    }

    void version(String agreed) {
        version = agreed;
    }

    /// Sends; a token that is refused is renewed once. The answer has a status below 400.
    UpstreamResponse send(
            String method, byte @Nullable [] body, @Nullable String lastEvent, CancelToken cancel) {
        String token = ownAuthorization ? "" : bearer.token(cancel).orElse("");
        UpstreamResponse answer = sendOnce(method, body, lastEvent, token, cancel);
        if (answer.status() == 401 && !ownAuthorization) {
            Optional<String> other = bearer.afterRefusal(token, cancel);
            if (other.isPresent()) {
                answer.close();
                answer = sendOnce(method, body, lastEvent, other.get(), cancel);
            }
        }
        if (answer.status() >= 300) {
            try (UpstreamResponse refused = answer) {
                throw refusal(refused);
            }
        }
        return answer;
    }

    private UpstreamResponse sendOnce(
            String method,
            byte @Nullable [] body,
            @Nullable String lastEvent,
            String token,
            CancelToken cancel) {
        Headers.Builder all = Headers.builder();
        headers.forEach(all::set);
        all.set(
                "Accept",
                method.equals("GET") ? "text/event-stream" : "application/json, text/event-stream");
        if (!token.isEmpty()) {
            all.set("Authorization", "Bearer " + token);
        }
        if (session != null) {
            all.set("Mcp-Session-Id", session);
        }
        if (version != null) {
            all.set("MCP-Protocol-Version", version);
        }
        if (lastEvent != null) {
            all.set("Last-Event-ID", lastEvent);
        }
        UpstreamRequest request =
                new UpstreamRequest(
                        asProvider,
                        "",
                        method,
                        url,
                        all.build(),
                        body == null ? null : Body.of("application/json", body),
                        true);
        try {
            return transport.send(request, cancel);
        } catch (ProviderException e) {
            throw gone(e);
        }
    }

    /// What a failure of the connection means; it names the server already.
    McpException gone(ProviderException e) {
        return new McpException(
                e instanceof ProviderException.Cancelled
                        ? McpException.Kind.CANCELLED
                        : McpException.Kind.GONE,
                String.valueOf(e.getMessage()),
                e);
    }

    private McpException refusal(UpstreamResponse answer) {
        int status = answer.status();
        if (status == 404 && session != null) {
            return new McpException(
                    McpException.Kind.SESSION_LOST,
                    "the MCP server %s no longer knows this session".formatted(server));
        }
        if (status == 401 || insufficient(answer)) {
            return new McpException(
                    McpException.Kind.LOGIN_NEEDED,
                    ownAuthorization
                            ? "the MCP server %s does not take the Authorization of mcp.servers.%s.headers"
                                    .formatted(server, server)
                            : "the MCP server %s wants to know who calls: hal0 mcp login %s"
                                    .formatted(server, server));
        }
        if (status < 400) {
            return new McpException(
                    McpException.Kind.REFUSED,
                    "the MCP server %s is elsewhere: put %s into mcp.servers.%s.url"
                            .formatted(
                                    server,
                                    answer.headers().find("Location").orElse("its new address"),
                                    server));
        }
        String said = said(answer);
        return new McpException(
                McpException.Kind.REFUSED,
                "the MCP server %s answers with status %d%s"
                        .formatted(server, status, said.isEmpty() ? "" : ": " + said));
    }

    private static boolean insufficient(UpstreamResponse answer) {
        return answer.status() == 403
                && answer.headers()
                        .find("WWW-Authenticate")
                        .filter(text -> text.contains("insufficient_scope"))
                        .isPresent();
    }

    private static String said(UpstreamResponse answer) {
        String text;
        try {
            text = new String(answer.readAll(LONGEST_ERROR), UTF_8);
        } catch (ProviderException _) {
            // The status says enough.
            return "";
        }
        try {
            JsonNode error = JSON.readTree(text).path("error");
            String message = error.path("message").asText(error.asText(""));
            return Excerpt.of(message.isEmpty() ? text : message);
        } catch (IOException _) {
            return Excerpt.of(text);
        }
    }
}
