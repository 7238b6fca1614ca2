package hal0.providers.probe;

import hal0.providers.Presets;
import hal0.providers.Provider;
import hal0.providers.ProviderRegistry;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// A provider that `--all` looks at.
///
/// **Shape** `chosen` when the user declared it, uses it, set its key or gave its address: then its
/// absence is a failure. Of a preset that nobody chose it is none.
public record Candidate(Provider provider, boolean chosen) {

    /// Everything that is not switched off; `active` is the id of the provider in use, or empty.
    public static List<Candidate> all(ProviderRegistry registry, String active) {
        Set<String> declared =
                registry.declared().stream()
                        .map(Provider::id)
                        .collect(Collectors.toUnmodifiableSet());
        return registry.enabled().stream()
                .map(provider ->
                        new Candidate(
                                provider,
                                declared.contains(provider.id())
                                        || provider.id().equals(active)
                                        || provider.id().equals(Presets.CUSTOM)
                                        || registry.hasKey(provider)))
                .toList();
    }

    /// Names the thread that looks at it.
    @Override
    public String toString() {
        return provider.id();
    }
}
