package hal0.providers.price;

import java.math.BigDecimal;

/// What something cost.
public sealed interface Cost {
    /// **Units** USD.
    record Usd(BigDecimal amount) implements Cost {}

    /// It ran on the user's own machine.
    record Local() implements Cost {}

    /// Nobody told the price.
    record Unknown() implements Cost {}
}
