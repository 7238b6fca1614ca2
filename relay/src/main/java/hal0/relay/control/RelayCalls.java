package hal0.relay.control;

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
import hal0.providers.http.UpstreamRequest;
import hal0.providers.http.UpstreamResponse;
import hal0.providers.message.Protocol;
import hal0.providers.sse.SseFrame;
import hal0.providers.sse.SseReader;
import hal0.relay.slot.SlotErrors;
import hal0.slots.error.SlotException;
import hal0.slots.error.SlotProblem;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Calls of another process's `/api`.
///
/// **Errors** [ControlException] with the relay's own words, and its [Refusal] where it named one.
/// **Threads** any.
final class RelayCalls {
    private static final long LARGEST = 16 * 1024 * 1024;

    private final Transport transport;
    private final RequestBuilder requests;
    private final Provider relay;
    private final ObjectMapper json = new ObjectMapper();

    RelayCalls(Transport transport, RequestBuilder requests, URI address, String token) {
        this.transport = transport;
        this.requests = requests;
        this.relay =
                Provider.builder("relay", Protocol.OPENAI, address)
                        .auth(new Auth.BearerIfSet())
                        .inlineKey(token.isEmpty() ? null : new Secret(token))
                        .build();
    }

    URI address() {
        return relay.baseUrl();
    }

    /// A text as part of a path or a query.
    static String segment(String text) {
        return URLEncoder.encode(text, UTF_8).replace("+", "%20");
    }

    /// The answer as a tree; missing where there is none.
    JsonNode call(String method, String path, @Nullable Object body) {
        return call(method, path, body, new CancelToken());
    }

    JsonNode call(String method, String path, @Nullable Object body, CancelToken cancel) {
        try {
            UpstreamRequest request =
                    requests.build(relay, "", method, path, Headers.NONE, bytes(body), false);
            try (UpstreamResponse response = transport.send(request, cancel)) {
                byte[] answer = response.readAll(LARGEST);
                JsonNode tree = json.readTree(answer);
                if (response.status() / 100 != 2) {
                    throw refused(response.status(), tree.path("error"));
                }
                return tree;
            }
        } catch (ProviderException e) {
            throw unreachable(e);
        } catch (IOException e) {
            throw unusable(path, e);
        }
    }

    /// Gives the data of each event of a stream to `sink`, until it ends or `cancel` is.
    void follow(String path, Consumer<JsonNode> sink, CancelToken cancel) {
        UpstreamRequest request = requests.build(relay, "", "GET", path, Headers.NONE, null, true);
        try (UpstreamResponse response = transport.send(request, cancel)) {
            if (response.status() != 200) {
                JsonNode tree = json.readTree(response.readAll(LARGEST));
                throw refused(response.status(), tree.path("error"));
            }
            SseReader events = new SseReader(response::read);
            for (SseFrame event = events.next(); event != null; event = events.next()) {
                sink.accept(json.readTree(event.data()));
            }
        } catch (ProviderException e) {
            if (!cancel.isCancelled()) {
                throw unreachable(e);
            }
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

    private @Nullable Body bytes(@Nullable Object body) throws IOException {
        if (body == null) {
            return null;
        }
        byte[] bytes =
                body instanceof String text ? text.getBytes(UTF_8) : json.writeValueAsBytes(body);
        return Body.of("application/json", bytes);
    }

    private ControlException refused(int status, JsonNode error) {
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
        return new ControlException(
                status == 401 ? ErrorKind.UNAUTHENTICATED : ErrorKind.REJECTED,
                "the relay at %s answered %d: %s".formatted(relay.baseUrl(), status, message),
                null);
    }

    ControlException unusable(String path, Exception e) {
        return new ControlException(
                ErrorKind.BAD_STREAM,
                "%s%s did not answer as a hal0 relay does".formatted(relay.baseUrl(), path),
                e);
    }
}
