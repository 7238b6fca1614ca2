package hal0.providers.probe;

import hal0.providers.error.ProviderException;
import hal0.providers.event.Usage;
import hal0.providers.price.Cost;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a [DeepProbe] found out about one model, and what that cost.
///
/// **Shape** one ability for each capability, in their order; `cost` is unknown as soon as one
/// answer's is; `answered` when the model said something at all, which proves the key; `failure` is
/// what ended the probe before its time, null where nothing did.
public record DeepReport(
        String model,
        List<Ability> abilities,
        int calls,
        long inputTokens,
        long outputTokens,
        Cost cost,
        boolean answered,
        @Nullable ProviderException failure) {

    public DeepReport {
        abilities = List.copyOf(abilities);
    }

    static DeepReport of(
            String model,
            List<Ability> abilities,
            List<Exchange> exchanges,
            @Nullable ProviderException failure) {
        long input = 0;
        long output = 0;
        for (Exchange exchange : exchanges) {
            Usage usage = exchange.usage();
            input += usage.totalInput();
            output += usage.output();
        }
        Cost cost = sum(exchanges.stream().map(Exchange::cost).toList());
        boolean answered = exchanges.stream().anyMatch(e -> e.failure() == null);
        return new DeepReport(
                model, abilities, exchanges.size(), input, output, cost, answered, failure);
    }

    /// Whether the key was what ended it.
    public boolean refusedKey() {
        return failure instanceof ProviderException.Unauthenticated
                || failure instanceof ProviderException.Forbidden;
    }

    static Cost sum(List<Cost> costs) {
        BigDecimal usd = BigDecimal.ZERO;
        boolean local = false;
        for (Cost cost : costs) {
            switch (cost) {
                case Cost.Unknown unknown -> {
                    return unknown;
                }
                case Cost.Local _ -> local = true;
                case Cost.Usd(BigDecimal amount) -> usd = usd.add(amount);
            }
        }
        return local && usd.signum() == 0 ? new Cost.Local() : new Cost.Usd(usd);
    }
}
