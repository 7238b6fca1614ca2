package hal0.relay.control;

import hal0.providers.ModelInfo;
import hal0.providers.Provider;
import hal0.providers.catalog.ModelCatalog;
import hal0.providers.listing.Listing;
import hal0.providers.listing.ModelLists;
import hal0.relay.control.ProviderModels.Ask;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// Where the models of a provider are known from.
///
/// **Shape** `known` gives those that can be asked, and asks the provider where it must; `catalog`
/// stands in for a provider that does not answer. **Threads** any; blocks.
public record ModelSource(
        Function<Provider, List<ModelChoice>> known, ModelLists lists, ModelCatalog catalog) {

    List<ModelChoice> of(Provider provider) {
        return known.apply(provider);
    }

    ProviderModels of(Provider provider, Ask ask) {
        if (ask == Ask.UNKNOWN) {
            return new ProviderModels(of(provider), null);
        }
        boolean now = ask == Ask.NOW || lists.isOld(provider);
        Listing told = now ? lists.renewed(provider) : lists.of(provider);
        Map<String, ModelChoice> models = new LinkedHashMap<>();
        for (ModelChoice choice : of(provider)) {
            if (!choice.listed() || provider.filters().lists(choice.info().id())) {
                models.put(choice.info().id(), choice);
            }
        }
        if (told instanceof Listing.Failed failed) {
            // Without an answer the usual model alone would be shown, of which little is known.
            for (ModelInfo info : catalog.models(provider)) {
                models.putIfAbsent(
                        info.id(), new ModelChoice(provider.id(), info, provider.local(), false));
            }
            return new ProviderModels(List.copyOf(models.values()), failed);
        }
        return new ProviderModels(List.copyOf(models.values()), null);
    }
}
