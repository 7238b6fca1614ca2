package hal0.tui.state;

import hal0.providers.price.Cost;
import hal0.providers.price.Money;
import java.math.BigDecimal;

/// What the session has cost so far. Unknown is never zero: it is said beside what is known.
public record Spend(BigDecimal usd, boolean anyPaid, boolean anyUnknown) {
    public static final Spend NONE = new Spend(BigDecimal.ZERO, false, false);

    Spend with(Cost cost) {
        return switch (cost) {
            case Cost.Usd(var amount) -> new Spend(usd.add(amount), true, anyUnknown);
            case Cost.Local() -> this;
            case Cost.Unknown() -> new Spend(usd, anyPaid, true);
        };
    }

    Spend plus(Spend other) {
        return new Spend(
                usd.add(other.usd), anyPaid || other.anyPaid, anyUnknown || other.anyUnknown);
    }

    /// The amount as the status line says it; `local` is whether the provider in use is.
    public String label(boolean local) {
        if (anyPaid) {
            return Money.format(usd) + (anyUnknown ? " + n/a" : "");
        }
        if (anyUnknown) {
            return "n/a";
        }
        return local ? "local" : Money.format(usd);
    }
}
