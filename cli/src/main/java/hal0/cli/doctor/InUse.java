package hal0.cli.doctor;

import hal0.cli.wiring.Configuration;
import hal0.providers.Provider;
import hal0.providers.ProviderRegistry;
import hal0.relay.control.ControlPlane.Active;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The providers that somebody counts on: the active one, those declared, and presets with a key.
///
/// **Shape** `active` is null where none is named, or the named one does not exist; `model` is
/// empty where nobody says.
record InUse(@Nullable Provider active, String model, List<Provider> all, List<Provider> presets) {
    static InUse of(Configuration configuration) {
        ProviderRegistry registry = configuration.registry();
        Map<String, Provider> byId = new LinkedHashMap<>();
        Optional<Active> named = configuration.active();
        Provider active = named.flatMap(a -> registry.find(a.provider())).orElse(null);
        if (active != null && active.enabled()) {
            byId.put(active.id(), active);
        }
        registry.declared().stream()
                .filter(Provider::enabled)
                .forEach(provider -> byId.putIfAbsent(provider.id(), provider));
        registry.enabled().stream()
                .filter(provider -> provider.keyNeeded() && registry.hasKey(provider))
                .forEach(provider -> byId.putIfAbsent(provider.id(), provider));
        return new InUse(
                active,
                named.map(Active::model).orElse(""),
                List.copyOf(byId.values()),
                configuration.presets().all());
    }

    boolean isActive(Provider provider) {
        return active != null && active.id().equals(provider.id());
    }
}
