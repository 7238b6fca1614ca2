package hal0.cli.usage;

import hal0.home.ledger.Tally;
import hal0.providers.price.Money;
import java.util.ArrayList;
import java.util.List;

/// Writes what a group cost without hiding what nobody knows.
final class CostText {
    private CostText() {}

    /// `$1.23`, `local`, or `$1.23 + 2 local + 4 answers of unknown price`.
    static String of(Tally tally) {
        if (tally.local() > 0 && tally.priced() == 0 && tally.unpriced() == 0) {
            return "local";
        }
        List<String> parts = new ArrayList<>();
        if (tally.priced() > 0) {
            parts.add(Money.format(tally.costUsd()));
        }
        if (tally.local() > 0) {
            parts.add(tally.local() + " local");
        }
        if (tally.unpriced() > 0) {
            parts.add(
                    tally.unpriced() == 1
                            ? "1 answer of unknown price"
                            : tally.unpriced() + " answers of unknown price");
        }
        return parts.isEmpty() ? Money.format(tally.costUsd()) : String.join(" + ", parts);
    }
}
