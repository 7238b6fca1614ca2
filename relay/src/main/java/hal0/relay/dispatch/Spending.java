package hal0.relay.dispatch;

import hal0.providers.event.Usage;
import hal0.providers.price.Cost;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/// What the targets of one request used that did not answer it in the end.
///
/// **Units** tokens, USD; `usd` is null once a price was unknown.
record Spending(
        long input,
        long output,
        long cacheRead,
        long cacheWrite,
        long reasoning,
        @Nullable BigDecimal usd) {
    static final Spending NONE = new Spending(0, 0, 0, 0, 0, BigDecimal.ZERO);

    /// With what another target used.
    Spending plus(Usage used, @Nullable BigDecimal cost) {
        return new Spending(
                input + used.input(),
                output + used.output(),
                cacheRead + used.cacheRead(),
                cacheWrite + used.cacheWrite(),
                reasoning + used.reasoning(),
                usd == null || cost == null ? null : usd.add(cost));
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
