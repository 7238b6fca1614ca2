package hal0.cli.usage;

import hal0.home.ledger.Tally;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.function.Function;

/// A bar for each group, as long as its share of the largest one.
///
/// **Shape** by cost, or by tokens where nothing is known to have cost anything. Bars are drawn in
/// eighths of a cell; what is more than nothing shows at least one of these.
final class Bars {
    private static final int CELLS = 16;
    private static final String EIGHTHS = " ▏▎▍▌▋▊▉";

    private final boolean byCost;
    private final BigDecimal largest;

    Bars(List<Tally> tallies) {
        this.byCost = largest(tallies, Tally::costUsd).signum() > 0;
        this.largest = largest(tallies, this::measure);
    }

    private static BigDecimal largest(List<Tally> tallies, Function<Tally, BigDecimal> measure) {
        return tallies.stream().map(measure).reduce(BigDecimal.ZERO, BigDecimal::max);
    }

    private BigDecimal measure(Tally tally) {
        return byCost ? tally.costUsd() : BigDecimal.valueOf(tally.tokens());
    }

    /// What the bars measure, as the name of a column.
    String heading() {
        return byCost ? "by_cost" : "by_tokens";
    }

    String of(Tally tally) {
        BigDecimal value = measure(tally);
        if (value.signum() <= 0) {
            return "";
        }
        int eighths =
                value.multiply(BigDecimal.valueOf(8L * CELLS))
                        .divide(largest, 0, RoundingMode.HALF_UP)
                        .max(BigDecimal.ONE)
                        .intValueExact();
        String rest = eighths % 8 == 0 ? "" : EIGHTHS.substring(eighths % 8, eighths % 8 + 1);
        return "█".repeat(eighths / 8) + rest;
    }
}
