package hal0.tui.state;

import hal0.providers.event.Usage;
import hal0.providers.price.Cost;
import hal0.providers.price.Money;
import java.math.BigDecimal;

/// What the session has cost so far. Unknown is never zero: it is said beside what is known; and
/// what is only estimated in part is marked as that.
public record Spend(BigDecimal usd, boolean anyPaid, boolean anyUnknown, boolean estimated) {
    public static final Spend NONE = new Spend(BigDecimal.ZERO, false, false);

    /// All of it counted.
    public Spend(BigDecimal usd, boolean anyPaid, boolean anyUnknown) {
        this(usd, anyPaid, anyUnknown, false);
    }

    /// With an answer more; what has a price and was not counted was estimated.
    Spend with(Usage usage, Cost cost) {
        return switch (cost) {
            case Cost.Usd(var amount) ->
                    new Spend(
                            usd.add(amount),
                            true,
                            anyUnknown,
                            estimated || usage.equals(Usage.NONE));
            case Cost.Local() -> this;
            case Cost.Unknown() -> new Spend(usd, anyPaid, true, estimated);
        };
    }

    Spend plus(Spend other) {
        return new Spend(
                usd.add(other.usd),
                anyPaid || other.anyPaid,
                anyUnknown || other.anyUnknown,
                estimated || other.estimated);
    }

    /// The amount as the status line says it; `local` is whether the provider in use is.
    public String label(boolean local) {
        if (anyPaid) {
            return (estimated ? "~" : "") + Money.format(usd) + (anyUnknown ? " + n/a" : "");
        }
        if (anyUnknown) {
            return "n/a";
        }
        return local ? "local" : Money.format(usd);
    }
}
