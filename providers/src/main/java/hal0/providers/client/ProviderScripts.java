package hal0.providers.client;

import hal0.providers.Provider;
import java.util.Optional;

/// What the scripts of providers have to say about them, for those who need not know what a script
/// is.
///
/// **Errors** [hal0.providers.error.ProviderException], `Misconfigured` when a script is missing or
/// fails. **Threads** any; may block for as long as a script may run.
public interface ProviderScripts {
    /// No provider has a script.
    ProviderScripts NONE = provider -> provider;

    /// `declared` with its script's address, authentication and headers; itself where it has no
    /// script, or was completed before.
    Provider completed(Provider declared);

    /// The list of models that a completed provider answered, in a form that is usual.
    default byte[] models(Provider provider, byte[] list) {
        return list;
    }

    /// What the script's own check of a completed provider says; empty where it has none, and then
    /// the health endpoint, if it names one, is all there is to ask.
    default Optional<Boolean> healthy(Provider provider) {
        return Optional.empty();
    }
}
