package hal0.relay.model;

import com.fasterxml.jackson.databind.JsonNode;
import hal0.providers.client.RequestBuilder;
import hal0.providers.http.CancelToken;
import hal0.providers.http.Transport;
import hal0.relay.control.ControlException;
import hal0.relay.control.RelayHttp;
import hal0.slots.error.ModelException;
import hal0.slots.error.ModelProblem;
import java.net.URI;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Calls of another process's `/api/models` and `/api/hardware`.
///
/// **Errors** [ModelException] as that process says it, else [ControlException]. **Threads** any.
final class OwnerCalls {
    private final RelayHttp relay;

    /// `address` and `token` are the relay's; no token where it needs none.
    OwnerCalls(Transport transport, RequestBuilder requests, URI address, String token) {
        this.relay = new RelayHttp(transport, requests, address, token, OwnerCalls::refused);
    }

    private static RuntimeException refused(RelayHttp relay, int status, JsonNode error) {
        return ModelProblem.find(error.path("code").asText())
                .<RuntimeException>map(
                        problem -> ModelException.of(problem, error.path("message").asText()))
                .orElseGet(() -> relay.refused(status, error));
    }

    /// A text as part of a path or a query.
    static String segment(String text) {
        return RelayHttp.segment(text);
    }

    JsonNode get(String path) {
        return call("GET", path, null).tree();
    }

    RelayHttp.Answer call(String method, String path, byte @Nullable [] body) {
        return relay.call(method, path, body, new CancelToken());
    }

    /// Reads events until one is the last, or `left` is cancelled.
    void events(String path, Predicate<JsonNode> isLast, CancelToken left) {
        relay.events(path, isLast, left);
    }

    ControlException unusable(String path, Exception e) {
        return relay.unusable(path, e);
    }
}
