package hal0.relay.control;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hal0.home.Version;
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
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// A relay in another process, as its `/api` is called.
///
/// **Errors** what `refusals` make of those that it answers with; [ControlException] where it
/// cannot be asked or does not answer as a relay does. **Threads** any.
public final class RelayHttp {
    private static final long LARGEST = 16 * 1024 * 1024;

    private final Transport transport;
    private final RequestBuilder requests;
    private final Provider relay;
    private final Refusals refusals;
    private final ObjectMapper json = new ObjectMapper();

    /// What is thrown for an answer that is an error; `error` is its `error` member.
    @FunctionalInterface
    public interface Refusals {
        RuntimeException of(RelayHttp relay, int status, JsonNode error);
    }

    /// An answer that is no error; the tree is missing where there is no text, and `date` is null
    /// where the relay does not tell the time.
    public record Answer(int status, JsonNode tree, @Nullable Instant date) {}

    /// `address` and `token` are the relay's; an empty token where it needs none.
    public RelayHttp(
            Transport transport,
            RequestBuilder requests,
            URI address,
            String token,
            Refusals refusals) {
        this.transport = transport;
        this.requests = requests;
        this.refusals = refusals;
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
    public static String segment(String text) {
        return URLEncoder.encode(text, UTF_8).replace("+", "%20");
    }

    /// `body` is JSON, null for none.
    public Answer call(String method, String path, byte @Nullable [] body, CancelToken cancel) {
        try (UpstreamResponse response = send(method, path, body, false, cancel)) {
            return new Answer(response.status(), accepted(path, response), date(response));
        } catch (ProviderException e) {
            throw unreachable(e);
        }
    }

    /// Reads the data of events until one is the last, the stream ends, or `cancel` is cancelled.
    public void events(String path, Predicate<JsonNode> isLast, CancelToken cancel) {
        try (UpstreamResponse response = send("GET", path, null, true, cancel)) {
            if (response.status() != 200) {
                var _ = accepted(path, response);
                return;
            }
            SseReader events = new SseReader(response::read);
            for (SseFrame event = events.next(); event != null; event = events.next()) {
                if (isLast.test(parsed(path, event.data().getBytes(UTF_8)))) {
                    return;
                }
            }
        } catch (ProviderException e) {
            // Of whoever has left it is no fault.
            if (!cancel.isCancelled()) {
                throw unreachable(e);
            }
        }
    }

    private static @Nullable Instant date(UpstreamResponse response) {
        try {
            return response.headers()
                    .find("Date")
                    .map(text -> DateTimeFormatter.RFC_1123_DATE_TIME.parse(text, Instant::from))
                    .orElse(null);
        } catch (DateTimeException _) {
            // What stands between us and the relay may write what it likes.
            return null;
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

    private JsonNode accepted(String path, UpstreamResponse response) {
        JsonNode tree = parsed(path, response.readAll(LARGEST));
        JsonNode error = tree.path("error");
        if (response.status() == 401) {
            throw unauthenticated(error);
        }
        if (error.path("code").asText().equals("route.not_found")) {
            throw otherVersion(path);
        }
        if (response.status() / 100 != 2) {
            throw refusals.of(this, response.status(), error);
        }
        return tree;
    }

    private JsonNode parsed(String path, byte[] bytes) {
        try {
            return json.readTree(bytes);
        } catch (IOException e) {
            throw unusable(path, e);
        }
    }

    private ControlException unauthenticated(JsonNode error) {
        return new ControlException(
                ErrorKind.UNAUTHENTICATED,
                "the relay at %s does not let this in: %s; HAL0_API_KEY %s"
                        .formatted(
                                relay.baseUrl(),
                                error.path("message").asText(),
                                relay.inlineKey() == null
                                        ? "is not set; it is to hold a key of that relay"
                                        : "holds the key that was refused"),
                null);
    }

    /// A relay that is older than this program, or younger.
    private ControlException otherVersion(String path) {
        return new ControlException(
                ErrorKind.REJECTED,
                "the relay at %s has nothing at %s: it is hal0 %s, and this is hal0 %s; use the same version on both sides"
                        .formatted(
                                relay.baseUrl(),
                                path.replaceFirst("\\?.*", ""),
                                version(),
                                Version.current()),
                null);
    }

    private String version() {
        try (UpstreamResponse response =
                send("GET", "/api/version", null, false, new CancelToken())) {
            return json.readTree(response.readAll(LARGEST))
                    .path("version")
                    .asText("of another version");
        } catch (ProviderException | IOException _) {
            // It is told without the number then.
            return "of another version";
        }
    }

    /// An error of which nothing more is known than what it says.
    public ControlException refused(int status, JsonNode error) {
        return new ControlException(
                status == 401 ? ErrorKind.UNAUTHENTICATED : ErrorKind.REJECTED,
                "the relay at %s answered %d: %s"
                        .formatted(relay.baseUrl(), status, error.path("message").asText()),
                null);
    }

    private ControlException unreachable(ProviderException e) {
        return new ControlException(
                e.kind(),
                "the relay at %s cannot be asked: %s".formatted(relay.baseUrl(), e.getMessage()),
                e);
    }

    /// What it answers at `path` cannot be understood.
    public ControlException unusable(String path, @Nullable Exception e) {
        return new ControlException(
                ErrorKind.BAD_STREAM,
                "%s%s did not answer as a hal0 relay does".formatted(relay.baseUrl(), path),
                e);
    }
}
