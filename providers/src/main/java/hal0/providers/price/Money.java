package hal0.providers.price;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/// Writes money for people.
public final class Money {
    private static final MathContext THREE_DIGITS = new MathContext(3, RoundingMode.HALF_UP);

    private Money() {}

    /// `local`, `n/a` for an unknown price, else dollars.
    public static String format(Cost cost) {
        return switch (cost) {
            case Cost.Local _ -> "local";
            case Cost.Unknown _ -> "n/a";
            case Cost.Usd(BigDecimal amount) -> format(amount);
        };
    }

    /// `$0.00` at zero, two decimals from a dollar on, below it three significant digits.
    public static String format(BigDecimal usd) {
        if (usd.signum() == 0) {
            return "$0.00";
        }
        BigDecimal rounded = usd.abs().round(THREE_DIGITS);
        if (rounded.compareTo(BigDecimal.ONE) >= 0) {
            rounded = usd.abs().setScale(2, RoundingMode.HALF_UP);
        } else {
            rounded = rounded.stripTrailingZeros();
            rounded = rounded.setScale(Math.max(2, rounded.scale()), RoundingMode.UNNECESSARY);
        }
        return (usd.signum() < 0 ? "-$" : "$") + rounded.toPlainString();
    }
}
