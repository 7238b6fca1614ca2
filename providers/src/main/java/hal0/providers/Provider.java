package hal0.providers;

import hal0.providers.message.Protocol;
import hal0.providers.price.Price;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One place that answers requests: what a declaration and its preset together say.
///
/// **Shape** `baseUrl` without a trailing slash; `keyNames` are names of variables, never keys, the
/// first that is set is used; `inlineKey` stands for an `api_key` written into the file; values of
/// `headers` may name variables as `$VAR` or `${VAR}`; `filters` say which models are listed, not
/// which may be asked for; `price` is what the user wrote, `presetPrice` what hal0 knows otherwise.
/// With a `script`, that one completes it before it is called. **Units** `maxConcurrent` 0 is
/// unlimited.
public record Provider(
        String id,
        boolean enabled,
        Protocol protocol,
        URI baseUrl,
        Auth auth,
        List<String> keyNames,
        @Nullable Secret inlineKey,
        Map<String, String> headers,
        Map<String, String> query,
        Timeouts timeouts,
        int retries,
        int maxConcurrent,
        boolean local,
        boolean advertiseModels,
        boolean injectUsage,
        @Nullable URI proxy,
        List<ModelInfo> models,
        @Nullable String defaultModel,
        Price price,
        Price presetPrice,
        ModelFilters filters,
        @Nullable ScriptUse script,
        Endpoints endpoints) {

    public Provider {
        Objects.requireNonNull(id);
        Objects.requireNonNull(protocol);
        Objects.requireNonNull(baseUrl);
        Objects.requireNonNull(auth);
        Objects.requireNonNull(timeouts);
        Objects.requireNonNull(price);
        Objects.requireNonNull(presetPrice);
        Objects.requireNonNull(filters);
        Objects.requireNonNull(endpoints);
        keyNames = List.copyOf(keyNames);
        headers = Map.copyOf(headers);
        query = Map.copyOf(query);
        models = List.copyOf(models);
    }

    /// The declared model of that id.
    public Optional<ModelInfo> findModel(String modelId) {
        for (ModelInfo model : models) {
            if (model.id().equals(modelId)) {
                return Optional.of(model);
            }
        }
        return Optional.empty();
    }

    /// The price of a model that the user wrote down: its own, else the provider's.
    public Price userPriceOf(String modelId) {
        return findModel(modelId).map(m -> m.price().orElse(price)).orElse(price);
    }

    /// This provider with `model` declared, in place of what was declared of the same id.
    public Provider withModel(ModelInfo model) {
        List<ModelInfo> others = new ArrayList<>(models);
        others.removeIf(other -> other.id().equals(model.id()));
        others.add(model);
        return toBuilder().models(others).build();
    }

    /// Whether a call without a key is refused before it is made.
    public boolean keyNeeded() {
        return switch (auth) {
            case Auth.Bearer _,
                    Auth.Anthropic _,
                    Auth.XApiKey _,
                    Auth.Header _,
                    Auth.GoogleQuery _ ->
                    true;
            case Auth.BearerIfSet _, Auth.None _ -> false;
        };
    }

    /// An enabled provider without key, models or prices, to be filled in.
    public static ProviderBuilder builder(String id, Protocol protocol, URI baseUrl) {
        return new ProviderBuilder(id, protocol, baseUrl);
    }

    /// This provider, to be changed in parts.
    public ProviderBuilder toBuilder() {
        return new ProviderBuilder(this);
    }
}
