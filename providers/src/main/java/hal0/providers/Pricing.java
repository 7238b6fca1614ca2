package hal0.providers;

import hal0.providers.event.Usage;
import hal0.providers.price.Cost;
import hal0.providers.price.Price;

/// Turns counted tokens into money.
///
/// **Shape** the first of these that can price every kind of token that was counted: what the user
/// wrote; what the provider reports with the answer; that it is local; what the user wrote with the
/// rest from what is known of the model. Else the cost is unknown. Cached input without a price of
/// its own is unknown too, because the price of input is only an upper bound; but who writes a
/// price of input into a file and none of cached input has said that both cost the same, where
/// nobody knows better. **Threads** any.
public final class Pricing {
    private final ModelKnowledge knowledge;

    public Pricing(ModelKnowledge knowledge) {
        this.knowledge = knowledge;
    }

    /// What an answer of that model costs.
    public Cost cost(Provider provider, String model, Usage usage) {
        Price user = provider.userPriceOf(model);
        if (user.of(usage) instanceof Cost.Usd byUser) {
            return byUser;
        }
        if (usage.reportedUsd() != null) {
            return new Cost.Usd(usage.reportedUsd());
        }
        if (provider.local() && !user.isKnown()) {
            return new Cost.Local();
        }
        Price known = ModelKnowledge.listPrice(provider, knowledge.find(provider, model));
        Price merged = user.orElse(known.at(usage.totalInput()));
        return merged.withCachedOr(user.input()).of(usage);
    }
}
