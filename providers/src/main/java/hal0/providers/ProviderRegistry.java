package hal0.providers;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// All providers there are: those that the sources declare, then the presets.
///
/// **Shape** a source earlier in the list wins over a later one for the same id, and every source
/// wins over the presets. **Threads** any; each call gives a snapshot of the moment.
public final class ProviderRegistry {
    private final List<ProviderSource> sources;
    private final Presets presets;
    private final Function<String, Optional<String>> variables;

    /// `variables` tells which keys are set.
    public ProviderRegistry(
            List<ProviderSource> sources,
            Presets presets,
            Function<String, Optional<String>> variables) {
        this.sources = List.copyOf(sources);
        this.presets = presets;
        this.variables = variables;
    }

    /// Declared or preset, enabled or not.
    public Optional<Provider> find(String id) {
        for (ProviderSource source : sources) {
            for (Provider provider : source.providers()) {
                if (provider.id().equals(id)) {
                    return Optional.of(provider);
                }
            }
        }
        return presets.find(id);
    }

    /// The declared ones, in order of precedence.
    public List<Provider> declared() {
        Map<String, Provider> byId = new LinkedHashMap<>();
        for (ProviderSource source : sources) {
            for (Provider provider : source.providers()) {
                byId.putIfAbsent(provider.id(), provider);
            }
        }
        return List.copyOf(byId.values());
    }

    /// Everything that is not switched off: what is declared, then presets that are not declared.
    public List<Provider> enabled() {
        Map<String, Provider> byId = new LinkedHashMap<>();
        for (Provider provider : declared()) {
            byId.put(provider.id(), provider);
        }
        for (Provider preset : presets.all()) {
            byId.putIfAbsent(preset.id(), preset);
        }
        return byId.values().stream().filter(Provider::enabled).toList();
    }

    /// Whether a key is set, written down or not needed.
    public boolean hasWhatItNeeds(Provider provider) {
        return !provider.keyNeeded() || hasKey(provider);
    }

    public boolean hasKey(Provider provider) {
        return provider.inlineKey() != null
                || provider.keyNames().stream().anyMatch(name -> variables.apply(name).isPresent());
    }
}
