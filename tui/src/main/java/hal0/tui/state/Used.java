package hal0.tui.state;

import hal0.providers.event.Usage;
import hal0.providers.price.Cost;
import hal0.providers.price.Price;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/// What answers used and cost. **Shape** `uncounted` of them came without a count of tokens.
/// **Units** `saved` by caching in USD, as far as prices are known; below zero where writing to the
/// cache cost more than reading from it saved. Pure.
public record Used(int answers, int uncounted, Usage usage, Spend spend, BigDecimal saved) {
    static final Used NONE = new Used(0, 0, Usage.NONE, Spend.NONE, BigDecimal.ZERO);

    private static final int MILLION_DIGITS = 6;

    /// With one answer more; `price` is that of its model.
    Used with(Usage more, Cost cost, Price price) {
        boolean counted = more.totalInput() + more.output() > 0;
        BigDecimal less = saved(more, price);
        return new Used(
                answers + 1,
                counted ? uncounted : uncounted + 1,
                usage.plus(more),
                spend.with(more, cost),
                less == null ? saved : saved.add(less));
    }

    /// What all of the input would have cost more without a cache; null where a price that it takes
    /// is not known.
    static @Nullable BigDecimal saved(Usage usage, Price price) {
        Price at = price.at(usage.totalInput());
        BigDecimal sum = BigDecimal.ZERO;
        long[] tokens = {usage.cacheRead(), usage.cacheWrite5m(), usage.cacheWrite1h()};
        @Nullable BigDecimal[] prices = {at.cachedInput(), at.cacheWrite(), at.cacheWrite1h()};
        for (int i = 0; i < tokens.length; i++) {
            BigDecimal paid = prices[i];
            if (tokens[i] == 0) {
                continue;
            }
            if (paid == null || at.input() == null) {
                return null;
            }
            sum = sum.add(at.input().subtract(paid).multiply(BigDecimal.valueOf(tokens[i])));
        }
        return sum.movePointLeft(MILLION_DIGITS);
    }
}
