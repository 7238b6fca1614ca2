package hal0.relay.dispatch;

import hal0.providers.Provider;
import hal0.relay.routing.Names;
import hal0.relay.routing.SlotAddress;
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
        Set<String> keyed,
        Names names) {

    public Snapshot {
        providers = List.copyOf(providers);
        listed = Map.copyOf(listed);
        unlisted = Set.copyOf(unlisted);
        ready = Set.copyOf(ready);
        keyed = Set.copyOf(keyed);
    }

    /// One of a home whose files name nothing.
    public Snapshot(
            List<Provider> providers,
            @Nullable String activeProvider,
            @Nullable String activeModel,
            Map<String, Set<String>> listed,
            Set<String> unlisted,
            Set<String> ready,
            Set<String> keyed) {
        this(providers, activeProvider, activeModel, listed, unlisted, ready, keyed, Names.NONE);
    }

    /// The same, of a home whose files name these.
    public Snapshot with(Names other) {
        return new Snapshot(
                providers, activeProvider, activeModel, listed, unlisted, ready, keyed, other);
    }

    public Optional<Provider> find(String id) {
        for (Provider provider : providers) {
            if (provider.id().equals(id)) {
                return Optional.of(provider);
            }
        }
        return Optional.empty();
    }

    /// What `PROVIDER/rest` says, where there is such a provider.
    Optional<Target> prefixed(String name) {
        int slash = name.indexOf('/');
        if (slash <= 0 || slash == name.length() - 1) {
            return Optional.empty();
        }
        return find(name.substring(0, slash))
                .map(provider -> new Target(provider, name.substring(slash + 1)));
    }

    /// The same for what a client names: into a slot goes what the registry has, and no file or
    /// word of the client's own.
    Optional<Target> named(String name) {
        return prefixed(name)
                .filter(target ->
                        !SlotAddress.isSlot(target.provider())
                                || target.provider().findModel(target.model()).isPresent()
                                || names.loadable().contains(target.model()));
    }

    /// The first provider that is known to have the model.
    Optional<Provider> findKnowing(String model) {
        return providers.stream().filter(p -> knows(p, model)).findFirst();
    }

    /// Whether the provider is known to have the model, from its declaration or its list.
    boolean knows(Provider provider, String model) {
        return provider.findModel(model).isPresent()
                || listed.getOrDefault(provider.id(), Set.of()).contains(model)
                || (provider.id().equals(activeProvider) && model.equals(activeModel));
    }

    /// Whether it has told its models. A list that names nothing is none: such a server knows its
    /// models and does not tell.
    boolean hasTold(Provider provider) {
        return !listed.getOrDefault(provider.id(), Set.of()).isEmpty();
    }

    boolean isCold(Provider provider) {
        return !listed.containsKey(provider.id()) && !unlisted.contains(provider.id());
    }
}
