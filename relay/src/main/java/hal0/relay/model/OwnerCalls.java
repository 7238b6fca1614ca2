package hal0.relay.model;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hal0.home.error.ErrorKind;
import hal0.providers.Auth;
import hal0.providers.Provider;
import hal0.providers.Secret;
import hal0.providers.client.RequestBuilder;
import hal0.providers.error.ProviderException;
import hal0.providers.http.Body;
import hal0.providers.http.CancelToken;
import hal0.providers.http.Headers;
import hal0.providers.http.Transport;
import hal0.providers.http.UpstreamResponse;
import hal0.providers.message.Protocol;
import hal0.providers.sse.SseFrame;
import hal0.providers.sse.SseReader;
import hal0.relay.control.ControlException;
import hal0.slots.error.ModelException;
import hal0.slots.error.ModelProblem;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Calls of another process's `/api/models` and `/api/hardware`.
///
/// **Errors** [ModelException] as that process says it, else [ControlException]. **Threads** any.
final class OwnerCalls {
    private static final long LARGEST = 16 * 1024 * 1024;

    private final Transport transport;
    private final RequestBuilder requests;
    private final Provider relay;
    private final ObjectMapper json = new ObjectMapper();

    /// `address` and `token` are the relay's; no token where it needs none.
    OwnerCalls(Transport transport, RequestBuilder requests, URI address, String token) {
        this.transport = transport;
        this.requests = requests;
        this.relay =
                Provider.builder("relay", Protocol.OPENAI, address)
                        .auth(new Auth.BearerIfSet())
                        .inlineKey(token.isEmpty() ? null : new Secret(token))
                        .build();
    }

    /// A text as part of a path or a query.
    static String segment(String text) {
        return URLEncoder.encode(text, UTF_8).replace("+", "%20");
    }

    /// An answer and its status.
    record Answer(int status, JsonNode tree) {}

    JsonNode get(String path) {
        return call("GET", path, null).tree();
    }

    Answer call(String method, String path, byte @Nullable [] body) {
        try (UpstreamResponse response = send(method, path, body, false, new CancelToken())) {
            return new Answer(response.status(), tree(path, response));
        } catch (ProviderException e) {
            throw unreachable(e);
        }
    }

    /// Reads events until one is the last, or `left` is cancelled.
    void events(String path, Predicate<JsonNode> isLast, CancelToken left) {
        try (UpstreamResponse response = send("GET", path, null, true, left)) {
            if (response.status() != 200) {
                tree(path, response);
                return;
            }
            SseReader events = new SseReader(response::read);
            for (SseFrame event = events.next(); event != null; event = events.next()) {
                if (isLast.test(parsed(path, event.data().getBytes(UTF_8)))) {
                    return;
                }
            }
        } catch (ProviderException.Cancelled e) {
            if (!left.isCancelled()) {
                throw unreachable(e);
            }
            // Whoever listened has left.
        } catch (ProviderException e) {
            throw unreachable(e);
        }
    }

    private UpstreamResponse send(
            String method,
            String path,
            byte @Nullable [] body,
            boolean streamed,
            CancelToken cancel) {
        Body sent = body == null ? null : Body.of("application/json", body);
        return transport.send(
                requests.build(relay, "", method, path, Headers.NONE, sent, streamed), cancel);
    }

    /// The answer, unless it is an error.
    private JsonNode tree(String path, UpstreamResponse response) {
        JsonNode tree = parsed(path, response.readAll(LARGEST));
        if (response.status() / 100 == 2) {
            return tree;
        }
        JsonNode error = tree.path("error");
        String message = error.path("message").asText();
        throw ModelProblem.find(error.path("code").asText())
                .<RuntimeException>map(problem -> ModelException.of(problem, message))
                .orElseGet(() ->
                        new ControlException(
                                response.status() == 401
                                        ? ErrorKind.UNAUTHENTICATED
                                        : ErrorKind.REJECTED,
                                "the relay at %s answered %d: %s"
                                        .formatted(relay.baseUrl(), response.status(), message),
                                null));
    }

    private JsonNode parsed(String path, byte[] bytes) {
        try {
            return json.readTree(bytes);
        } catch (IOException e) {
            throw unusable(path, e);
        }
    }

    private ControlException unreachable(ProviderException e) {
        return new ControlException(
                e.kind(),
                "the relay at %s cannot be asked: %s".formatted(relay.baseUrl(), e.getMessage()),
                e);
    }

    ControlException unusable(String path, Exception e) {
        return new ControlException(
                ErrorKind.BAD_STREAM,
                "%s%s did not answer as a hal0 relay does".formatted(relay.baseUrl(), path),
                e);
    }
}
