package hal0.providers;

import hal0.providers.price.Price;
import java.util.Optional;

/// What is known of a provider's models beside what the user declared: the provider's own list, and
/// catalogs.
///
/// **Threads** any; never asks the network.
public interface ModelKnowledge {
    /// Nothing but the declarations.
    ModelKnowledge NONE = (_, _) -> Optional.empty();

    Optional<ModelInfo> find(Provider provider, String modelId);

    /// All that is known of a model: what the user declared comes first, then what was found.
    ///
    /// **Shape** the price likewise, the preset's last; the preset's is left out where the model
    /// was found, because it is the price of another one.
    default ModelInfo about(Provider provider, String modelId) {
        ModelInfo declared = provider.findModel(modelId).orElseGet(() -> ModelInfo.of(modelId));
        Optional<ModelInfo> found = find(provider, modelId);
        ModelInfo known = found.map(declared::orElse).orElse(declared);
        return known.withPrice(provider.userPriceOf(modelId).orElse(listPrice(provider, found)));
    }

    /// The provider with the model declared as far as anything is known of it: for who reads limits
    /// and abilities from the declaration.
    ///
    /// **Shape** a relay of ours is asked for `provider/model`, which is that provider's model too.
    default Provider informed(Provider provider, String modelId) {
        String prefix = provider.id() + "/";
        if (find(provider, modelId).isEmpty() && modelId.startsWith(prefix)) {
            ModelInfo own = about(provider, modelId.substring(prefix.length()));
            return provider.withModel(own.withId(modelId));
        }
        return provider.withModel(about(provider, modelId));
    }

    /// What a model costs as far as the user says nothing.
    static Price listPrice(Provider provider, Optional<ModelInfo> found) {
        if (provider.local()) {
            return Price.UNKNOWN;
        }
        return found.map(ModelInfo::price).orElse(provider.presetPrice());
    }
}
