package hal0.relay.dispatch;

import hal0.providers.event.Usage;
import hal0.providers.price.Cost;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/// What the targets of one request used that did not answer it in the end.
///
/// **Units** USD; `usd` is null once a price was unknown.
record Spending(Usage usage, @Nullable BigDecimal usd) {
    static final Spending NONE = new Spending(Usage.NONE, BigDecimal.ZERO);

    /// With what another target used.
    Spending plus(Usage used, @Nullable BigDecimal cost) {
        return new Spending(usage.plus(used), usd == null || cost == null ? null : usd.add(cost));
    }

    boolean isNone() {
        return equals(NONE);
    }

    /// As a sum of money; null for what nobody knows.
    static @Nullable BigDecimal usd(Cost cost) {
        return switch (cost) {
            case Cost.Local _ -> BigDecimal.ZERO;
            case Cost.Unknown _ -> null;
            case Cost.Usd(BigDecimal amount) -> amount;
        };
    }
}
