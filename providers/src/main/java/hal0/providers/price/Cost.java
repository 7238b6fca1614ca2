package hal0.providers.price;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/// What something cost.
public sealed interface Cost {
    /// As a number.
    ///
    /// **Units** USD; null where nobody told the price.
    default @Nullable BigDecimal usd() {
        return switch (this) {
            case Usd(BigDecimal amount) -> amount;
            case Local _ -> BigDecimal.ZERO;
            case Unknown _ -> null;
        };
    }

    /// **Units** USD.
    record Usd(BigDecimal amount) implements Cost {}

    /// It ran on the user's own machine.
    record Local() implements Cost {}

    /// Nobody told the price.
    record Unknown() implements Cost {}
}
