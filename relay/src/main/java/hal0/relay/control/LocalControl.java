package hal0.relay.control;

import hal0.home.error.ErrorKind;
import hal0.providers.Provider;
import hal0.providers.ProviderRegistry;
import hal0.relay.control.ProviderStatus.KeyState;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The control plane of the process that it is called in.
public final class LocalControl implements ControlPlane {
    private final LiveConfiguration configuration;
    private final ProviderRegistry registry;
    private final List<Provider> presets;
    private final Function<Provider, List<ModelChoice>> models;
    private final Supplier<RelayStatus> status;

    /// `models` asks a provider for its models where they are not known.
    public LocalControl(
            LiveConfiguration configuration,
            ProviderRegistry registry,
            List<Provider> presets,
            Function<Provider, List<ModelChoice>> models,
            Supplier<RelayStatus> status) {
        this.configuration = configuration;
        this.registry = registry;
        this.presets = List.copyOf(presets);
        this.models = models;
        this.status = status;
    }

    @Override
    public RelayStatus status() {
        return status.get();
    }

    @Override
    public Optional<Active> active() {
        return configuration.active();
    }

    @Override
    public Active use(String provider, @Nullable String model) {
        Provider chosen = find(provider);
        Active active = new Active(provider, model == null ? usualModel(chosen) : model);
        configuration.use(active);
        return active;
    }

    private String usualModel(Provider provider) {
        if (provider.models().isEmpty() && provider.defaultModel() != null) {
            return provider.defaultModel();
        }
        return models.apply(provider).stream()
                .findFirst()
                .map(choice -> choice.info().id())
                .orElseThrow(() ->
                        new ControlException(
                                ErrorKind.UNKNOWN_MODEL,
                                "%s has told no model; name one as %s/MODEL"
                                        .formatted(provider.id(), provider.id()),
                                null));
    }

    @Override
    public List<ProviderStatus> providers() {
        Map<String, Provider> all = new LinkedHashMap<>();
        registry.declared().forEach(provider -> all.put(provider.id(), provider));
        presets.forEach(provider -> all.putIfAbsent(provider.id(), provider));
        List<ProviderStatus> statuses = new ArrayList<>();
        for (Provider provider : all.values()) {
            statuses.add(
                    new ProviderStatus(
                            provider.id(),
                            provider.protocol().key(),
                            provider.baseUrl().toString(),
                            provider.enabled(),
                            provider.local(),
                            provider.keyNames(),
                            keyState(provider)));
        }
        return statuses;
    }

    private KeyState keyState(Provider provider) {
        if (registry.hasKey(provider)) {
            return KeyState.SET;
        }
        return provider.keyNeeded() ? KeyState.MISSING : KeyState.NOT_NEEDED;
    }

    @Override
    public List<ModelChoice> models(String provider) {
        return models.apply(find(provider));
    }

    private Provider find(String id) {
        return registry.find(id).orElseThrow(() -> ControlException.noProvider(id));
    }

    @Override
    public Reload reload() {
        return configuration.reload();
    }

    @Override
    public void close() {
        // Owns nothing: the graph that it belongs to is closed by who built it.
    }
}
