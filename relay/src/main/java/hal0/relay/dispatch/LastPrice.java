package hal0.relay.dispatch;

import hal0.providers.event.Usage;
import hal0.providers.price.Cost;
import org.jspecify.annotations.Nullable;

/// What an answer costs, looked up anew only where more of it was counted: the row of a request is
/// made before the end of its answer goes out, and again after it.
///
/// **Threads** the meter's, under its lock.
final class LastPrice {
    private final Meter.Pricing pricing;
    private @Nullable Usage usage;
    private @Nullable Cost cost;

    LastPrice(Meter.Pricing pricing) {
        this.pricing = pricing;
    }

    Cost of(Target asked, Usage used) {
        Cost known = cost;
        if (known == null || !used.equals(usage)) {
            known = pricing.cost(asked.provider(), asked.model(), used);
            usage = used;
            cost = known;
        }
        return known;
    }

    /// Another target is asked.
    void forget() {
        usage = null;
        cost = null;
    }
}
