package hal0.relay.control;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hal0.providers.client.RequestBuilder;
import hal0.providers.http.CancelToken;
import hal0.providers.http.Transport;
import hal0.relay.slot.SlotErrors;
import hal0.slots.error.SlotException;
import hal0.slots.error.SlotProblem;
import java.net.URI;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Calls of another process's `/api`.
///
/// **Errors** [ControlException] with the relay's own words, and its [Refusal] where it named one.
/// **Threads** any.
final class RelayCalls {
    private final RelayHttp relay;
    private final ObjectMapper json = new ObjectMapper();

    RelayCalls(Transport transport, RequestBuilder requests, URI address, String token) {
        this.relay = new RelayHttp(transport, requests, address, token, RelayCalls::refused);
    }

    URI address() {
        return relay.address();
    }

    /// A text as part of a path or a query.
    static String segment(String text) {
        return RelayHttp.segment(text);
    }

    /// The answer as a tree; missing where there is none.
    JsonNode call(String method, String path, @Nullable Object body) {
        return call(method, path, body, new CancelToken());
    }

    JsonNode call(String method, String path, @Nullable Object body, CancelToken cancel) {
        return relay.call(method, path, bytes(path, body), cancel).tree();
    }

    /// Gives the data of each event of a stream to `sink`, until it ends or `cancel` is.
    void follow(String path, Consumer<JsonNode> sink, CancelToken cancel) {
        relay.events(
                path,
                event -> {
                    sink.accept(event);
                    return false;
                },
                cancel);
    }

    private byte @Nullable [] bytes(String path, @Nullable Object body) {
        try {
            return switch (body) {
                case null -> null;
                case String text -> text.getBytes(UTF_8);
                case Object other -> json.writeValueAsBytes(other);
            };
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("what is sent to " + path + " is no JSON", e);
        }
    }

    private static RuntimeException refused(RelayHttp relay, int status, JsonNode error) {
        String message = error.path("message").asText();
        Optional<Refusal> refusal = Refusal.find(error.path("code").asText());
        if (refusal.isPresent()) {
            return ControlException.refused(refusal.get(), message);
        }
        Optional<SlotProblem> problem = SlotProblem.find(error.path("code").asText());
        if (problem.isPresent()) {
            SlotException slot =
                    SlotException.of(problem.get(), message)
                            .with(SlotJson.values(error.path("details")));
            return new ControlException(SlotErrors.kind(problem.get()), message, slot);
        }
        return relay.refused(status, error);
    }

    ControlException unusable(String path, Exception e) {
        return relay.unusable(path, e);
    }
}
