package hal0.relay.control;

import hal0.providers.listing.Listing;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The models of a provider. `failure` is why it did not tell them itself when it was asked, null
/// where it did or nobody asked; then they are what its last list and the catalog have.
public record ProviderModels(List<ModelChoice> models, Listing.@Nullable Failed failure) {

    /// When the provider is asked; its last list is used otherwise.
    public enum Ask {
        /// Where nothing is known of its models.
        UNKNOWN,
        /// Also where its last list is older than a few minutes.
        OLD,
        NOW
    }

    public ProviderModels {
        models = List.copyOf(models);
    }
}
