package hal0.relay.key;

import com.fasterxml.jackson.databind.JsonNode;
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
import hal0.relay.control.ControlException;
import hal0.relay.error.Json;
import hal0.relay.error.RelayException;
import hal0.relay.guard.Allowance;
import hal0.relay.guard.Scope;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The keys of a home whose relay runs in another process, over its `/api/keys`.
public final class HttpKeys implements KeyControl {
    private static final String PATH = "/api/keys";
    private static final long LARGEST = 16 * 1024 * 1024;

    private final Transport transport;
    private final RequestBuilder requests;
    private final Provider relay;

    /// `address` and `token` are the relay's; no token where it needs none.
    public HttpKeys(Transport transport, RequestBuilder requests, URI address, String token) {
        this.transport = transport;
        this.requests = requests;
        this.relay =
                Provider.builder("relay", Protocol.OPENAI, address)
                        .auth(new Auth.BearerIfSet())
                        .inlineKey(token.isEmpty() ? null : new Secret(token))
                        .build();
    }

    @Override
    public List<KeyInfo> list() {
        List<KeyInfo> keys = new ArrayList<>();
        for (JsonNode key : call("GET", PATH, null)) {
            keys.add(info(key));
        }
        return keys;
    }

    @Override
    public Made create(Wish wish) {
        JsonNode made = call("POST", PATH, Json.bytes(json -> KeyJson.write(json, wish)));
        return new Made(info(made), made.path("key").asText());
    }

    @Override
    public KeyInfo change(String key, Scope scope, Allowance allowance) {
        byte[] body =
                Json.bytes(json -> {
                    json.writeStartObject();
                    KeyJson.limits(json, scope, allowance);
                    json.writeEndObject();
                });
        return info(call("PATCH", path(key), body));
    }

    @Override
    public KeyInfo revoke(String key) {
        return info(call("DELETE", path(key), null));
    }

    @Override
    public KeyInfo forget(String key) {
        return info(call("DELETE", path(key) + "?forget=true", null));
    }

    private static String path(String key) {
        return PATH + "/" + URLEncoder.encode(key, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private KeyInfo info(JsonNode key) {
        try {
            return KeyJson.info(key);
        } catch (DateTimeException e) {
            throw unusable(e);
        }
    }

    private JsonNode call(String method, String path, byte @Nullable [] json) {
        Body body = json == null ? null : Body.of("application/json", json);
        UpstreamRequest request =
                requests.build(relay, "", method, path, Headers.NONE, body, false);
        try (UpstreamResponse response = transport.send(request, new CancelToken())) {
            JsonNode tree = KeyJson.tree(response.readAll(LARGEST));
            if (response.status() / 100 != 2) {
                JsonNode error = tree.path("error");
                throw RelayException.of(
                        response.status(),
                        error.path("code").asText("relay.unknown"),
                        error.path("message")
                                .asText("the relay at %s refused".formatted(relay.baseUrl())));
            }
            return tree;
        } catch (ProviderException e) {
            throw new ControlException(
                    e.kind(),
                    "the relay at %s cannot be asked: %s"
                            .formatted(relay.baseUrl(), e.getMessage()),
                    e);
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    private ControlException unusable(Exception e) {
        return new ControlException(
                ErrorKind.BAD_STREAM,
                "%s%s did not answer as a hal0 relay does".formatted(relay.baseUrl(), PATH),
                e);
    }
}
