package hal0.agent.mcp.login;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import hal0.agent.mcp.wire.McpException;
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
import java.net.URLEncoder;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Small HTTP calls whose answers are JSON.
///
/// **Errors** [McpException] `GONE`, and `REFUSED` for an address that no token may go to.
/// **Threads** any.
final class Web {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long LONGEST = 1 << 20;
    private static final Set<String> HERE = Set.of("127.0.0.1", "localhost", "[::1]", "::1");
    private static final Timeouts CLOCKS =
            new Timeouts(
                    Duration.ofSeconds(10), Duration.ZERO, Duration.ZERO, Duration.ofSeconds(30));

    private final String server;
    private final Transport transport;

    /// An answer: `body` is an empty object where it is no JSON. `challenge` is what
    /// `WWW-Authenticate` says.
    record Answer(int status, JsonNode body, String challenge) {
        boolean good() {
            return status >= 200 && status < 300;
        }

        /// What an OAuth server says went wrong.
        String said() {
            String error = body.path("error").asText("");
            String more = body.path("error_description").asText("");
            String text = (error + (more.isEmpty() ? "" : ": " + more)).strip();
            return "status " + status + (text.isEmpty() ? "" : ", " + text);
        }
    }

    Web(String server, Transport transport) {
        this.server = server;
        this.transport = transport;
    }

    Answer get(URI address, CancelToken cancel) {
        return send("GET", address, null, cancel);
    }

    Answer postJson(URI address, JsonNode body, CancelToken cancel) {
        return send(
                "POST",
                address,
                Body.of("application/json", body.toString().getBytes(UTF_8)),
                cancel);
    }

    Answer postForm(URI address, Map<String, String> form, CancelToken cancel) {
        return send(
                "POST",
                address,
                Body.of("application/x-www-form-urlencoded", query(form).getBytes(UTF_8)),
                cancel);
    }

    /// Names and values as they stand in a query.
    static String query(Map<String, String> values) {
        return values.entrySet().stream()
                .map(e ->
                        URLEncoder.encode(e.getKey(), UTF_8)
                                + "="
                                + URLEncoder.encode(e.getValue(), UTF_8))
                .collect(Collectors.joining("&"));
    }

    private Answer send(String method, URI address, @Nullable Body body, CancelToken cancel) {
        requireSafe(address);
        Provider provider =
                Provider.builder(address.getHost(), Protocol.OPENAI, address)
                        .timeouts(CLOCKS)
                        .build();
        Headers headers =
                Headers.builder().set("Accept", "application/json, text/event-stream").build();
        UpstreamRequest request =
                new UpstreamRequest(provider, "", method, address, headers, body, false);
        try (UpstreamResponse answer = transport.send(request, cancel)) {
            String challenge = answer.headers().find("WWW-Authenticate").orElse("");
            return new Answer(answer.status(), json(answer), challenge);
        } catch (ProviderException e) {
            throw new McpException(
                    e instanceof ProviderException.Cancelled
                            ? McpException.Kind.CANCELLED
                            : McpException.Kind.GONE,
                    "the login to the MCP server %s failed: %s".formatted(server, e.getMessage()),
                    e);
        }
    }

    private static JsonNode json(UpstreamResponse answer) {
        String type = answer.headers().find("Content-Type").orElse("");
        if (!type.contains("json")) {
            return JsonNodeFactory.instance.objectNode(); // an event stream may never end
        }
        try {
            return JSON.readTree(answer.readAll(LONGEST));
        } catch (IOException _) {
            return JsonNodeFactory.instance.objectNode();
        }
    }

    /// Codes and tokens go over TLS, or stay on this machine.
    void requireSafe(URI address) {
        String host = address.getHost();
        boolean safe =
                host != null
                        && ("https".equalsIgnoreCase(address.getScheme())
                                || ("http".equalsIgnoreCase(address.getScheme())
                                        && HERE.contains(host)));
        if (!safe) {
            throw new McpException(
                    McpException.Kind.REFUSED,
                    "the login to the MCP server %s would go to %s, which is not https"
                            .formatted(server, address));
        }
    }
}
