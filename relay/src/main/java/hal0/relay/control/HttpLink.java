package hal0.relay.control;

import com.fasterxml.jackson.databind.JsonNode;
import hal0.providers.client.RequestBuilder;
import hal0.providers.http.CancelToken;
import hal0.providers.http.Transport;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How another process can be reached, and what it finds wrong with itself.
///
/// **Errors** [ControlException]. **Threads** any; blocks.
public final class HttpLink {
    private final RelayHttp relay;
    private final RelayCalls calls;

    /// `address` and `token` are the relay's; no token where it needs none.
    public HttpLink(Transport transport, RequestBuilder requests, URI address, String token) {
        this.relay =
                new RelayHttp(
                        transport,
                        requests,
                        address,
                        token,
                        (http, status, error) -> http.refused(status, error));
        this.calls = new RelayCalls(transport, requests, address, token);
    }

    /// Who it takes us for.
    ///
    /// **Shape** `scope` and `name` are those of the key, null where it knows none; `date` is its
    /// clock's, null where it does not say. **Units** `took` is one whole answer.
    public record Seen(
            Duration took, @Nullable Instant date, @Nullable String scope, @Nullable String name) {}

    /// Asks what needs no key.
    public Seen look() {
        String path = "/api/session";
        long began = System.nanoTime();
        RelayHttp.Answer answer = relay.call("GET", path, null, new CancelToken());
        Duration took = Duration.ofNanos(System.nanoTime() - began);
        JsonNode tree = answer.tree();
        if (!tree.has("login_needed")) {
            throw relay.unusable(path, null);
        }
        return new Seen(
                took,
                answer.date(),
                tree.path("scope").asText(null),
                tree.path("name").asText(null));
    }

    /// Of that hal0.
    public String version() {
        return calls.call("GET", "/api/version", null).path("version").asText();
    }

    /// What it finds when it looks at itself; takes some seconds.
    public List<Finding> findings() {
        List<Finding> findings = new ArrayList<>();
        for (JsonNode row : calls.call("GET", "/api/doctor", null)) {
            findings.add(
                    new Finding(
                            row.path("id").asText(),
                            Finding.Status.find(row.path("status").asText())
                                    .orElse(Finding.Status.SKIP),
                            row.path("message").asText(),
                            row.path("fix").asText()));
        }
        return findings;
    }
}
