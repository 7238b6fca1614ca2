package hal0.relay.key;

import com.fasterxml.jackson.databind.JsonNode;
import hal0.providers.client.RequestBuilder;
import hal0.providers.http.CancelToken;
import hal0.providers.http.Transport;
import hal0.relay.control.RelayHttp;
import hal0.relay.error.Json;
import hal0.relay.error.RelayException;
import hal0.relay.guard.Allowance;
import hal0.relay.guard.Scope;
import java.net.URI;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The keys of a home whose relay runs in another process, over its `/api/keys`.
public final class HttpKeys implements KeyControl {
    private static final String PATH = "/api/keys";

    private final RelayHttp relay;

    /// `address` and `token` are the relay's; no token where it needs none.
    public HttpKeys(Transport transport, RequestBuilder requests, URI address, String token) {
        this.relay = new RelayHttp(transport, requests, address, token, HttpKeys::refused);
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
        return PATH + "/" + RelayHttp.segment(key);
    }

    private KeyInfo info(JsonNode key) {
        try {
            return KeyJson.info(key);
        } catch (DateTimeException e) {
            throw relay.unusable(PATH, e);
        }
    }

    private JsonNode call(String method, String path, byte @Nullable [] json) {
        return relay.call(method, path, json, new CancelToken()).tree();
    }

    private static RuntimeException refused(RelayHttp relay, int status, JsonNode error) {
        return RelayException.of(
                status,
                error.path("code").asText("relay.unknown"),
                error.path("message").asText("the relay refused"));
    }
}
