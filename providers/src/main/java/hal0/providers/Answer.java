package hal0.providers;

import hal0.providers.event.Usage;
import hal0.providers.price.Cost;

/// A [ChatStream] that knows who answers: what a [ModelClient] gives.
public interface Answer extends ChatStream {

    /// The id under which the ledger and the log know this call.
    String requestId();

    String provider();

    /// The provider's own id of the model that answers.
    String model();

    /// What `usage` of this answer costs.
    Cost cost(Usage usage);

    /// What it has cost by now where its provider has counted nothing: a guess from what was asked,
    /// the same that the ledger keeps. Unknown where nobody can guess.
    default Cost estimate() {
        return new Cost.Unknown();
    }
}
