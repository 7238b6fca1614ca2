package hal0.relay.dispatch;

import hal0.providers.Provider;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// All that routing knows at one moment.
///
/// **Shape** `providers` are the enabled ones in order of precedence; `listed` holds the model ids
/// of those whose list was fetched; `unlisted` those whose list was asked for in vain or is not to
/// be asked for; `ready` those that have the key they need, `keyed` those that have a key.
public record Snapshot(
        List<Provider> providers,
        @Nullable String activeProvider,
        @Nullable String activeModel,
        Map<String, Set<String>> listed,
        Set<String> unlisted,
        Set<String> ready,
        Set<String> keyed) {

    public Snapshot {
        providers = List.copyOf(providers);
        listed = Map.copyOf(listed);
        unlisted = Set.copyOf(unlisted);
        ready = Set.copyOf(ready);
        keyed = Set.copyOf(keyed);
    }

    public Optional<Provider> find(String id) {
        return providers.stream().filter(p -> p.id().equals(id)).findFirst();
    }

    /// Whether the provider is known to have the model, from its declaration or its list.
    boolean knows(Provider provider, String model) {
        return provider.findModel(model).isPresent()
                || listed.getOrDefault(provider.id(), Set.of()).contains(model)
                || (provider.id().equals(activeProvider) && model.equals(activeModel));
    }

    boolean isCold(Provider provider) {
        return !listed.containsKey(provider.id()) && !unlisted.contains(provider.id());
    }
}
