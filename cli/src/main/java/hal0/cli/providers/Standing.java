package hal0.cli.providers;

import hal0.cli.wiring.Configuration;
import hal0.providers.Provider;
import hal0.providers.ProviderRegistry;
import hal0.providers.config.Declared;
import hal0.relay.control.ProviderStatus.KeyState;
import hal0.relay.control.UpstreamStatus;
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

    /// As another hal0 tells it.
    static Standing of(UpstreamStatus told) {
        String status;
        if (told.problem() != null) {
            status = "wrong";
        } else if (!told.enabled()) {
            status = "off";
        } else {
            status = told.keyState() == KeyState.MISSING ? "no key" : "on";
        }
        String key =
                switch (told.keyState()) {
                    case SET -> "set";
                    case MISSING -> "missing";
                    case NOT_NEEDED -> "not needed";
                };
        return new Standing(told.source(), status, told.problem() != null ? "-" : key);
    }

    boolean isWrong() {
        return status.equals("wrong");
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
