package hal0.cli.providers;

import hal0.cli.wiring.Configuration;
import hal0.providers.Provider;
import hal0.providers.ProviderRegistry;
import hal0.providers.config.Declared;
import java.util.Optional;

/// Where a provider is declared and how it stands.
///
/// **Shape** `origin` is `config.toml:12`, `upstreams.toml:3`, `providers/NAME.lua` or `preset`;
/// `status` is `wrong`, `off`, `no key` or `on`; `key` is `set`, `missing` or `not needed`.
record Standing(String origin, String status, String key) {

    static Standing of(Provider provider, Configuration configuration) {
        Optional<Declared> declared =
                configuration.declared().stream()
                        .filter(entry -> entry.id().equals(provider.id()))
                        .findFirst();
        String origin =
                declared.map(Declared::origin).orElseGet(() -> undeclared(provider, configuration));
        boolean wrong = declared.filter(entry -> entry.state() == Declared.State.WRONG).isPresent();
        ProviderRegistry registry = configuration.registry();
        String status;
        if (wrong) {
            status = "wrong";
        } else if (!provider.enabled()) {
            status = "off";
        } else {
            status = registry.hasWhatItNeeds(provider) ? "on" : "no key";
        }
        return new Standing(origin, status, wrong ? "-" : key(registry, provider));
    }

    private static String undeclared(Provider provider, Configuration configuration) {
        if (configuration.old().filter(old -> old.provider().equals(provider)).isPresent()) {
            return "[provider]";
        }
        return configuration.presets().find(provider.id()).filter(provider::equals).isPresent()
                ? "preset"
                : "providers/%s.lua".formatted(provider.id());
    }

    private static String key(ProviderRegistry registry, Provider provider) {
        if (registry.hasKey(provider)) {
            return "set";
        }
        return provider.keyNeeded() ? "missing" : "not needed";
    }
}
