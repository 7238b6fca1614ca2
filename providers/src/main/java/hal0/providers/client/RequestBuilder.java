package hal0.providers.client;

import hal0.providers.Auth;
import hal0.providers.Provider;
import hal0.providers.anthropic.Messages;
import hal0.providers.dialect.Dialect;
import hal0.providers.error.Failure;
import hal0.providers.error.ProviderException;
import hal0.providers.http.Body;
import hal0.providers.http.Headers;
import hal0.providers.http.UpstreamRequest;
import hal0.providers.message.Protocol;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Makes the request that a provider accepts: its address, its headers, its key.
///
/// **Shape** headers of the caller come first; those of the provider's declaration replace them,
/// and the key replaces both, so that a caller can neither send a key of its own nor take ours
/// elsewhere. **Errors** `Unauthenticated` when a key is needed and not set, before any network.
/// **Threads** any.
public final class RequestBuilder {
    private static final String ANTHROPIC_VERSION = "anthropic-version";

    private final Function<String, Optional<String>> variables;
    private final KeyRing keys;
    private final KnownAddresses addresses = new KnownAddresses();

    /// **Shape** `variables` finds what is set in the environment or in `api.env`.
    public RequestBuilder(Function<String, Optional<String>> variables) {
        this.variables = variables;
        this.keys = new KeyRing(variables, InstantSource.system());
    }

    /// Which of several keys a call carries: for who can try another when one is refused.
    public KeyRing keys() {
        return keys;
    }

    /// A POST of `body` to `path` under the provider's base URL.
    public UpstreamRequest post(
            Provider provider,
            String model,
            String path,
            Headers extra,
            Body body,
            boolean streamed) {
        return build(provider, model, "POST", path, extra, body, streamed);
    }

    /// A GET of `path` under the provider's base URL.
    public UpstreamRequest get(Provider provider, String path) {
        return build(provider, "", "GET", path, Headers.NONE, null, false);
    }

    /// A request of any method.
    public UpstreamRequest build(
            Provider provider,
            String model,
            String method,
            String path,
            Headers extra,
            @Nullable Body body,
            boolean streamed) {
        Optional<String> key = findKey(provider);
        if (key.isEmpty() && provider.keyNeeded()) {
            throw missingKey(provider, model);
        }
        Headers.Builder headers = Headers.builder();
        extra.forEach(headers::add);
        provider.headers()
                .forEach((name, value) ->
                        Variables.expand(value, variables).ifPresent(v -> headers.set(name, v)));
        Map<String, String> query = new HashMap<>(provider.query());
        key.ifPresent(k -> authenticate(provider.auth(), k, headers, query));
        if ((provider.protocol() == Protocol.ANTHROPIC || provider.auth() instanceof Auth.Anthropic)
                && headers.build().find(ANTHROPIC_VERSION).isEmpty()) {
            headers.set(ANTHROPIC_VERSION, Messages.VERSION);
        }
        return new UpstreamRequest(
                provider,
                model,
                method,
                query.isEmpty()
                        ? addresses.of(provider.baseUrl(), path)
                        : UpstreamAddress.of(provider.baseUrl(), path, query),
                headers.build(),
                body,
                streamed);
    }

    private static void authenticate(
            Auth auth, String key, Headers.Builder headers, Map<String, String> query) {
        switch (auth) {
            case Auth.Bearer _, Auth.BearerIfSet _ -> headers.set("Authorization", "Bearer " + key);
            case Auth.Anthropic _, Auth.XApiKey _ -> headers.set("x-api-key", key);
            case Auth.Header(var name) -> headers.set(name, key);
            case Auth.GoogleQuery _ -> query.put("key", key);
            case Auth.None _ -> {}
        }
    }

    /// The key that a call would carry: the first variable that is set, else the one in the file.
    public Optional<String> findKey(Provider provider) {
        if (provider.auth() instanceof Auth.None) {
            return Optional.empty();
        }
        for (String name : provider.keyNames()) {
            Optional<String> key = variables.apply(name).map(String::strip);
            if (key.isPresent() && !key.get().isEmpty()) {
                return key;
            }
        }
        return Optional.ofNullable(provider.inlineKey())
                .map(secret -> secret.value().strip())
                .filter(key -> !key.isEmpty());
    }

    /// Whether a call could be made: a key is there, or none is needed.
    public boolean hasWhatItNeeds(Provider provider) {
        return !provider.keyNeeded() || findKey(provider).isPresent();
    }

    /// What a chat is asked under: the provider's own path, else that of its protocol.
    public static String chatPath(
            Dialect dialect, Provider provider, String modelId, boolean streamed) {
        String own = provider.endpoints().chat();
        if (own == null) {
            return dialect.chatPath(provider.baseUrl(), modelId, streamed);
        }
        return own.replace("{model}", UpstreamAddress.encoded(modelId))
                .replace(
                        "{method}", streamed ? "streamGenerateContent?alt=sse" : "generateContent");
    }

    /// What the models are listed under, likewise.
    public static String modelsPath(Dialect dialect, Provider provider) {
        String own = provider.endpoints().models();
        return own == null ? dialect.modelsPath(provider.baseUrl()) : own;
    }

    /// A header's value in which nothing stands for a variable.
    public static String literal(String value) {
        return Variables.literal(value);
    }

    /// Everything secret that a call to `provider` carries: what must not be shown when it is
    /// echoed.
    public List<String> secrets(Provider provider) {
        List<String> secrets = new ArrayList<>();
        findKey(provider).ifPresent(secrets::add);
        provider.headers()
                .values()
                .forEach(value -> {
                    if (value.indexOf('$') >= 0) {
                        Variables.expand(value, variables).ifPresent(secrets::add);
                    }
                });
        return secrets;
    }

    private static ProviderException missingKey(Provider provider, String model) {
        String id = provider.id();
        String message =
                provider.keyNames().isEmpty()
                        ? "%s needs a key and names no variable for it. Set api_key_env under [providers.%s]."
                                .formatted(id, id)
                        : "%s needs a key: %s is not set. Run `hal0 providers credentials set %s`, or set it in the environment."
                                .formatted(id, String.join(" or ", provider.keyNames()), id);
        return new ProviderException.Unauthenticated(message, Failure.unanswered(id, model));
    }
}
