package hal0.providers.script;

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
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Makes the HTTP calls of one hook: few, short, and only to hosts that the provider may reach.
///
/// **Shape** redirects are not followed; the script is shown them. A host is `host`, with any port,
/// or `host:port`; without TLS only where the base URL is without it too, or on this machine.
/// **Threads** one.
final class ScriptHttp {
    private static final int CALLS = 8;
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int LARGEST_ANSWER = 2 * 1024 * 1024;
    private static final Set<String> OF_THE_CONNECTION =
            Set.of("content-length", "content-type", "connection", "host", "transfer-encoding");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Transport transport;
    private final Provider provider;
    private final Set<String> hosts = new HashSet<>();
    private final boolean plain;
    private final CancelToken cancel;
    private int calls;
    private Duration left = PATIENCE;

    /// **Shape** `baseUrl` may be empty: then only `allowHosts` can be reached.
    ScriptHttp(
            Transport transport,
            Provider provider,
            String baseUrl,
            List<String> allowHosts,
            CancelToken cancel) {
        this.transport = transport;
        this.provider = provider;
        this.cancel = cancel;
        allowHosts.forEach(host -> hosts.add(host.strip().toLowerCase(Locale.ROOT)));
        URI base = parsed(baseUrl);
        if (base != null) {
            hosts.add(host(base));
        }
        plain = base != null && "http".equalsIgnoreCase(base.getScheme());
    }

    /// Answers `{method, url, headers, body}` with `{status, headers, body}` or `{error}`.
    byte[] answer(byte[] question) {
        long before = System.nanoTime();
        try {
            return exchange(JSON.readTree(question));
        } catch (IOException e) {
            return error("the question cannot be read");
        } catch (ProviderException e) {
            return error(String.valueOf(e.getMessage()));
        } finally {
            left = left.minusNanos(System.nanoTime() - before);
        }
    }

    private byte[] exchange(JsonNode question) {
        String text = question.path("url").asText();
        URI url = parsed(text);
        String refusal = url == null ? "this is not an http or https address" : refusal(url);
        if (url == null || refusal != null) {
            return error(refusal);
        }
        Headers.Builder headers = Headers.builder().add("Accept", "*/*");
        String contentType = "application/json";
        for (var header : question.path("headers").properties()) {
            String name = header.getKey();
            String value = HookJson.headerValue(name, header.getValue());
            if (value == null) {
                return error("a header cannot be sent");
            }
            if (name.equalsIgnoreCase("content-type")) {
                contentType = value;
            } else if (!OF_THE_CONNECTION.contains(name.toLowerCase(Locale.ROOT))) {
                headers.set(name, value);
            }
        }
        boolean post = question.path("method").asText().equals("POST");
        byte[] bytes = question.path("body").asText("").getBytes(UTF_8);
        UpstreamRequest request =
                new UpstreamRequest(
                        impatient(),
                        "",
                        post ? "POST" : "GET",
                        url,
                        headers.build(),
                        post ? Body.of(contentType, bytes) : null,
                        false);
        try (UpstreamResponse response = transport.send(request, cancel)) {
            byte[] body = response.decoded().readAll(LARGEST_ANSWER);
            return HookJson.response(response.status(), response.headers(), HookJson.text(body));
        }
    }

    private @Nullable String refusal(URI url) {
        String host = host(url);
        if (!hosts.contains(host) && !hosts.contains(host + ":" + port(url))) {
            return "%s is not the host of base_url, nor in allow_hosts".formatted(host);
        }
        if ("http".equalsIgnoreCase(url.getScheme()) && !plain && !isLoopback(host)) {
            return "%s is only reached over https, as base_url is".formatted(host);
        }
        calls++;
        if (calls > CALLS) {
            return "this hook has made %d calls already".formatted(CALLS);
        }
        return left.isPositive()
                ? null
                : "the calls of this hook took longer than %d s".formatted(PATIENCE.toSeconds());
    }

    /// The request that the hook belongs to may have the provider's only turn: this is a part of it
    /// and must not wait for another one.
    private Provider impatient() {
        return provider.toBuilder()
                .timeouts(new Timeouts(left, left, left, left))
                .maxConcurrent(0)
                .build();
    }

    private static @Nullable URI parsed(String text) {
        try {
            URI uri = URI.create(text.strip());
            String scheme = uri.getScheme();
            boolean web = "http".equalsIgnoreCase(scheme) || "https".equalsIgnoreCase(scheme);
            return web && uri.getHost() != null && uri.getRawUserInfo() == null ? uri : null;
        } catch (IllegalArgumentException e) {
            // That is the answer.
            return null;
        }
    }

    private static String host(URI uri) {
        return String.valueOf(uri.getHost()).toLowerCase(Locale.ROOT);
    }

    private static int port(URI uri) {
        return uri.getPort() >= 0
                ? uri.getPort()
                : "https".equalsIgnoreCase(uri.getScheme()) ? 443 : 80;
    }

    private static boolean isLoopback(String host) {
        return host.equals("localhost") || host.equals("[::1]") || host.startsWith("127.");
    }

    private static byte[] error(@Nullable String text) {
        return HookJson.write(json -> json.writeStringField("error", "http: " + text));
    }
}
