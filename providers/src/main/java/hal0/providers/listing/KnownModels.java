package hal0.providers.listing;

import hal0.providers.ModelInfo;
import hal0.providers.ModelKnowledge;
import hal0.providers.Provider;
import hal0.providers.catalog.ModelCatalog;
import java.util.Optional;

/// What is known of models beside the declarations: a provider's own list comes first, as far as it
/// is remembered, then the catalog.
///
/// **Threads** any; never asks the network.
public final class KnownModels implements ModelKnowledge {
    private final ModelLists lists;
    private final ModelCatalog catalog;

    public KnownModels(ModelLists lists, ModelCatalog catalog) {
        this.lists = lists;
        this.catalog = catalog;
    }

    @Override
    public Optional<ModelInfo> find(Provider provider, String modelId) {
        Optional<ModelInfo> listed =
                lists.lastGood(provider).flatMap(listing -> listing.find(modelId));
        Optional<ModelInfo> catalogued = catalog.find(provider, modelId);
        return listed.isPresent()
                ? Optional.of(catalogued.map(listed.get()::orElse).orElse(listed.get()))
                : catalogued;
    }
}
