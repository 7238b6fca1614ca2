package hal0.cli.smoke;

import hal0.cli.console.Listing;
import hal0.cli.console.Listing.Cell;
import hal0.providers.price.Cost;
import hal0.providers.price.Money;
import hal0.providers.probe.Check;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A check and what it was made on; `model` is null where none could be told.
record Row(String provider, @Nullable String model, Check check) {

    static Listing table(List<Row> rows) {
        Listing table =
                new Listing(
                        "provider",
                        "model",
                        "check",
                        "status",
                        "latency_ms",
                        "input_tokens",
                        "output_tokens",
                        "cost_usd",
                        "message");
        for (Row row : rows) {
            Check check = row.check();
            boolean asked = check.latency() != null;
            table.row(
                    row.provider(),
                    row.model(),
                    check.name(),
                    new Cell(check.verdict().word(), check.verdict().name()),
                    millis(check.latency()),
                    asked ? check.usage().totalInput() : null,
                    asked ? check.usage().output() : null,
                    cost(check.cost()),
                    new Cell(check.message(), check.message()));
        }
        return table;
    }

    private static @Nullable Long millis(@Nullable Duration latency) {
        return latency == null ? null : latency.toMillis();
    }

    private static Cell cost(@Nullable Cost cost) {
        return cost == null ? Cell.of(null) : new Cell(cost.usd(), Money.format(cost));
    }

    /// As it is told while the work goes on.
    String line() {
        return "%s %s: %s%s"
                .formatted(
                        provider,
                        check.name(),
                        check.verdict(),
                        check.message().isEmpty() ? "" : " " + check.message());
    }
}
