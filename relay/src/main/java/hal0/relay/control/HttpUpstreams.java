package hal0.relay.control;

import com.fasterxml.jackson.databind.JsonNode;
import hal0.providers.Secret;
import hal0.providers.http.CancelToken;
import hal0.relay.control.ProviderStatus.KeyState;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The providers of another process, over its `/api`.
///
/// **Threads** any.
final class HttpUpstreams implements Upstreams {
    private static final String PATH = "/api/upstreams";

    private final RelayCalls relay;

    HttpUpstreams(RelayCalls relay) {
        this.relay = relay;
    }

    private static String at(String name) {
        return PATH + "/" + RelayCalls.segment(name);
    }

    private static String credentials(String name) {
        return "/api/providers/" + RelayCalls.segment(name) + "/credentials";
    }

    @Override
    public List<UpstreamStatus> all() {
        List<UpstreamStatus> all = new ArrayList<>();
        relay.call("GET", PATH, null).forEach(node -> all.add(status(node)));
        return all;
    }

    @Override
    public UpstreamStatus one(String name) {
        return status(relay.call("GET", at(name), null));
    }

    @Override
    public UpstreamStatus add(Map<String, @Nullable Object> keys, boolean confirmed) {
        Map<String, @Nullable Object> given = new LinkedHashMap<>(keys);
        given.values().removeIf(value -> value == null);
        return status(relay.call("POST", PATH, body(given, confirmed)));
    }

    @Override
    public UpstreamStatus change(
            String name, Map<String, @Nullable Object> keys, boolean confirmed) {
        return status(relay.call("PATCH", at(name), body(keys, confirmed)));
    }

    private static Map<String, @Nullable Object> body(
            Map<String, @Nullable Object> keys, boolean confirmed) {
        Map<String, @Nullable Object> body = new LinkedHashMap<>(keys);
        if (confirmed) {
            body.put("confirm_key_origin", true);
        }
        return body;
    }

    @Override
    public void remove(String name) {
        var _ = relay.call("DELETE", at(name), null);
    }

    @Override
    public void setCredential(String name, String variable, Secret value) {
        Map<String, String> body = Map.of("key", variable, "value", value.value());
        var _ = relay.call("POST", credentials(name), body);
    }

    @Override
    public boolean removeCredential(String name, String variable) {
        String path = credentials(name) + "?variable=" + RelayCalls.segment(variable);
        return relay.call("DELETE", path, null).path("removed").asBoolean();
    }

    @Override
    public UpstreamTrial test(String name, boolean chosen, CancelToken cancel) {
        String path = at(name) + "/test" + (chosen ? "" : "?chosen=false");
        return TrialJson.trial(name, relay.call("POST", path, Map.of(), cancel));
    }

    @Override
    public List<ProviderFacts.Fact> facts(String name) {
        List<ProviderFacts.Fact> facts = new ArrayList<>();
        relay.call("GET", at(name) + "/facts", null)
                .forEach(node -> facts.add(FactJson.fact(node)));
        return facts;
    }

    private static UpstreamStatus status(JsonNode node) {
        return new UpstreamStatus(
                node.path("name").asText(),
                node.path("url").asText(),
                node.path("protocol").asText(),
                node.path("auth_style").asText(),
                keyNames(node),
                keyState(node),
                node.path("enabled").asBoolean(),
                node.path("local").asBoolean(),
                node.path("advertise_models").asBoolean(),
                node.hasNonNull("models_count") ? node.path("models_count").asInt() : null,
                node.path("breaker").asText(),
                node.hasNonNull("last_error") ? node.path("last_error").asText() : null,
                node.path("source").asText(),
                node.hasNonNull("problem") ? node.path("problem").asText() : null);
    }

    static List<String> keyNames(JsonNode upstream) {
        List<String> names = new ArrayList<>();
        upstream.path("auth_value_env").forEach(name -> names.add(name.asText()));
        return names;
    }

    static KeyState keyState(JsonNode upstream) {
        String word = upstream.path("key_state").asText();
        for (KeyState state : KeyState.values()) {
            if (state.name().equals(word)) {
                return state;
            }
        }
        return KeyState.MISSING;
    }
}
