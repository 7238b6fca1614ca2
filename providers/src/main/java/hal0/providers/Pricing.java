package hal0.providers;

import hal0.providers.event.Usage;
import hal0.providers.price.Cost;
import hal0.providers.price.Price;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/// Turns counted tokens into money.
///
/// **Shape** what the provider reports itself comes first; then `local`; then the price of the
/// model. Cached input and cache writes without a price of their own cost what input costs, which
/// is never less than the truth for reads. Where a price that is needed is missing the cost is
/// unknown.
public final class Pricing {
    private static final int MILLION_DIGITS = 6;

    private Pricing() {}

    public static Cost cost(Provider provider, String model, Usage usage) {
        Cost byUser = cost(provider.userPriceOf(model), usage);
        if (byUser instanceof Cost.Usd) {
            return byUser;
        }
        if (usage.reportedUsd() != null) {
            return new Cost.Usd(usage.reportedUsd());
        }
        return provider.local() ? new Cost.Local() : cost(provider.priceOf(model), usage);
    }

    public static Cost cost(Price price, Usage usage) {
        BigDecimal input = price.input();
        BigDecimal output = price.output();
        if (input == null || output == null) {
            return new Cost.Unknown();
        }
        BigDecimal write = or(price.cacheWrite(), input);
        BigDecimal sum =
                part(usage.input(), input)
                        .add(part(usage.output(), output))
                        .add(part(usage.cacheRead(), or(price.cachedInput(), input)))
                        .add(part(usage.cacheWrite5m(), write))
                        .add(part(usage.cacheWrite1h(), or(price.cacheWrite1h(), write)));
        return new Cost.Usd(sum);
    }

    private static BigDecimal part(long tokens, BigDecimal perMillion) {
        return perMillion.multiply(BigDecimal.valueOf(tokens)).movePointLeft(MILLION_DIGITS);
    }

    private static BigDecimal or(@Nullable BigDecimal own, BigDecimal other) {
        return own == null ? other : own;
    }
}
