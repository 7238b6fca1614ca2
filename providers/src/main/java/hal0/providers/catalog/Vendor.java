package hal0.providers.catalog;

import hal0.providers.Provider;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// A company whose models catalogs know.
///
/// **Shape** `id` is the preset's; `otherId` is models.dev's name for it; `hosts` are those of its
/// own API, so that a provider of another id at its address is known too. **Source** ids: folder
/// providers/ in anomalyco/models.dev, read 2026-11-21.
record Vendor(String id, String otherId, Set<String> hosts) {
    static final List<Vendor> ALL =
            List.of(
                    new Vendor("openai", "openai", Set.of("api.openai.com")),
                    new Vendor("anthropic", "anthropic", Set.of("api.anthropic.com")),
                    new Vendor("google", "google", Set.of("generativelanguage.googleapis.com")),
                    new Vendor("deepseek", "deepseek", Set.of("api.deepseek.com")),
                    new Vendor("openrouter", "openrouter", Set.of("openrouter.ai")),
                    new Vendor("groq", "groq", Set.of("api.groq.com")),
                    new Vendor("mistral", "mistral", Set.of("api.mistral.ai")),
                    new Vendor(
                            "together",
                            "togetherai",
                            Set.of("api.together.xyz", "api.together.ai")),
                    new Vendor("fireworks", "fireworks-ai", Set.of("api.fireworks.ai")),
                    new Vendor("cerebras", "cerebras", Set.of("api.cerebras.ai")),
                    new Vendor("xai", "xai", Set.of("api.x.ai")),
                    new Vendor("perplexity", "perplexity", Set.of("api.perplexity.ai")));

    /// Whose models a provider has: what it is called comes before where it is, because a gateway
    /// may stand between.
    static Optional<Vendor> of(Provider provider) {
        if (provider.local()) {
            return Optional.empty();
        }
        for (Vendor vendor : ALL) {
            if (vendor.id.equals(provider.id())) {
                return Optional.of(vendor);
            }
        }
        String host = provider.baseUrl().getHost();
        return host == null ? Optional.empty() : at(host.toLowerCase(Locale.ROOT));
    }

    private static Optional<Vendor> at(String host) {
        for (Vendor vendor : ALL) {
            if (vendor.hosts.contains(host)) {
                return Optional.of(vendor);
            }
        }
        return Optional.empty();
    }
}
