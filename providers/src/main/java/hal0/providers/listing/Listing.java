package hal0.providers.listing;

import hal0.home.error.ErrorKind;
import hal0.providers.ModelInfo;
import hal0.providers.Provider;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// What came of asking a provider for its models.
public sealed interface Listing {

    /// **Shape** everything that the provider named, filtered by nothing; `hal0` when it is a relay
    /// of ours.
    record Listed(List<ModelInfo> models, boolean hal0) implements Listing {
        public Listed {
            models = List.copyOf(models);
        }

        public Set<String> ids() {
            return models.stream().map(ModelInfo::id).collect(Collectors.toUnmodifiableSet());
        }

        Optional<ModelInfo> find(String modelId) {
            return models.stream().filter(model -> model.id().equals(modelId)).findFirst();
        }

        /// What is shown of it: the declared models with all that was declared of them, then those
        /// that the provider names and its filters let through.
        public List<ModelInfo> shown(Provider provider) {
            List<ModelInfo> shown = new ArrayList<>(provider.models());
            for (ModelInfo model : models) {
                if (provider.findModel(model.id()).isEmpty()
                        && provider.filters().lists(model.id())) {
                    shown.add(model);
                }
            }
            return List.copyOf(shown);
        }
    }

    /// **Shape** `message` is fit to be shown.
    record Failed(ErrorKind kind, String message) implements Listing {}
}
