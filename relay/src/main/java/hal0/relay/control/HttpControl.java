package hal0.relay.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hal0.home.error.ErrorKind;
import hal0.providers.Auth;
import hal0.providers.ModelInfo;
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
import hal0.providers.price.Price;
import hal0.relay.control.ProviderStatus.KeyState;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The control plane of another process, over its `/api`.
public final class HttpControl implements ControlPlane {
    private static final long LARGEST = 16 * 1024 * 1024;

    private final Transport transport;
    private final RequestBuilder requests;
    private final Provider relay;
    private final LiveConfiguration files;
    private final ObjectMapper json = new ObjectMapper();

    /// `address` and `token` are the owner's; `files` is the configuration of the same home, which
    /// is edited here and read again there.
    public HttpControl(
            Transport transport,
            RequestBuilder requests,
            URI address,
            String token,
            LiveConfiguration files) {
        this.transport = transport;
        this.requests = requests;
        this.relay =
                Provider.builder("relay", Protocol.OPENAI, address)
                        .auth(new Auth.Bearer())
                        .inlineKey(new Secret(token))
                        .build();
        this.files = files;
    }

    @Override
    public RelayStatus status() {
        JsonNode status = get("/api/status");
        try {
            return new RelayStatus(
                    status.path("version").asText(),
                    status.path("instance_id").asText(),
                    status.hasNonNull("address")
                            ? URI.create(status.path("address").asText())
                            : null,
                    true,
                    Instant.parse(status.path("since").asText()),
                    status.path("requests").asLong(),
                    status.path("in_flight").asInt());
        } catch (DateTimeException | IllegalArgumentException e) {
            throw unusable("/api/status", e);
        }
    }

    @Override
    public Optional<Active> active() {
        JsonNode active = get("/api/status").path("active");
        return active.isObject()
                ? Optional.of(
                        new Active(active.path("provider").asText(), active.path("model").asText()))
                : Optional.empty();
    }

    @Override
    public Active use(String provider, @Nullable String model) {
        // Before anything is written: a choice that leads nowhere would stand in config.toml.
        if (providers().stream().noneMatch(known -> known.id().equals(provider))) {
            throw ControlException.noProvider(provider);
        }
        Active active = new Active(provider, model == null ? usualModel(provider) : model);
        files.use(active);
        Reload reload = reload();
        if (!reload.applied().contains("config.toml")) {
            throw new ControlException(
                    ErrorKind.CONFIGURATION,
                    "%s/%s is written to config.toml, but the running hal0 at %s goes on as before: %s"
                            .formatted(
                                    provider,
                                    active.model(),
                                    relay.baseUrl(),
                                    String.join("; ", reload.problems())),
                    null);
        }
        return active;
    }

    private String usualModel(String provider) {
        return models(provider).stream()
                .findFirst()
                .map(choice -> choice.info().id())
                .orElseThrow(() ->
                        new ControlException(
                                ErrorKind.UNKNOWN_MODEL,
                                "%s has told no model; name one".formatted(provider),
                                null));
    }

    @Override
    public List<ProviderStatus> providers() {
        List<ProviderStatus> providers = new ArrayList<>();
        for (JsonNode provider : get("/api/providers")) {
            List<String> keyNames = new ArrayList<>();
            provider.path("auth_value_env").forEach(name -> keyNames.add(name.asText()));
            providers.add(
                    new ProviderStatus(
                            provider.path("name").asText(),
                            provider.path("protocol").asText(),
                            provider.path("url").asText(),
                            provider.path("enabled").asBoolean(),
                            provider.path("local").asBoolean(),
                            keyNames,
                            keyState(provider.path("key_state").asText())));
        }
        return providers;
    }

    private static KeyState keyState(String word) {
        for (KeyState state : KeyState.values()) {
            if (state.name().equals(word)) {
                return state;
            }
        }
        return KeyState.MISSING;
    }

    @Override
    public List<ModelChoice> models(String provider) {
        String path =
                "/api/providers/"
                        + URLEncoder.encode(provider, StandardCharsets.UTF_8).replace("+", "%20")
                        + "/models";
        List<ModelChoice> models = new ArrayList<>();
        for (JsonNode model : get(path).path("data")) {
            JsonNode own = model.path("_hal0");
            models.add(
                    new ModelChoice(
                            own.path("provider").asText(provider),
                            info(model, own),
                            own.path("local").asBoolean(),
                            own.path("listed").asBoolean()));
        }
        return models;
    }

    private static ModelInfo info(JsonNode model, JsonNode own) {
        JsonNode price = own.path("price");
        return new ModelInfo(
                own.path("model").asText(model.path("id").asText()),
                null,
                model.hasNonNull("context_length") ? model.path("context_length").asLong() : null,
                null,
                null,
                null,
                null,
                null,
                new Price(
                        price.hasNonNull("input_per_1m")
                                ? price.path("input_per_1m").decimalValue()
                                : null,
                        price.hasNonNull("output_per_1m")
                                ? price.path("output_per_1m").decimalValue()
                                : null,
                        null,
                        null,
                        null));
    }

    @Override
    public Reload reload() {
        JsonNode answer = call("POST", "/api/reload");
        List<String> applied = new ArrayList<>();
        answer.path("applied").forEach(item -> applied.add(item.asText()));
        List<String> problems = new ArrayList<>();
        answer.path("problems").forEach(item -> problems.add(item.asText()));
        return new Reload(applied, problems);
    }

    private JsonNode get(String path) {
        return call("GET", path);
    }

    private JsonNode call(String method, String path) {
        UpstreamRequest request =
                requests.build(relay, "", method, path, Headers.NONE, body(method), false);
        try (UpstreamResponse response = transport.send(request, new CancelToken())) {
            byte[] answer = response.readAll(LARGEST);
            JsonNode tree = json.readTree(answer);
            if (response.status() != 200) {
                throw new ControlException(
                        ErrorKind.REJECTED,
                        "the relay at %s answered %d: %s"
                                .formatted(
                                        relay.baseUrl(),
                                        response.status(),
                                        tree.path("error").path("message").asText()),
                        null);
            }
            return tree;
        } catch (ProviderException e) {
            throw new ControlException(
                    e.kind(),
                    "the relay at %s cannot be asked: %s"
                            .formatted(relay.baseUrl(), e.getMessage()),
                    e);
        } catch (IOException e) {
            throw unusable(path, e);
        }
    }

    private static @Nullable Body body(String method) {
        return method.equals("POST") ? Body.of("application/json", new byte[] {'{', '}'}) : null;
    }

    private ControlException unusable(String path, Exception e) {
        return new ControlException(
                ErrorKind.BAD_STREAM,
                "%s%s did not answer as a hal0 relay does".formatted(relay.baseUrl(), path),
                e);
    }

    @Override
    public void close() {
        // The transport belongs to who made it.
    }
}
