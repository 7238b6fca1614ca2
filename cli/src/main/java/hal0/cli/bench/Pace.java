package hal0.cli.bench;

import hal0.cli.console.Listing;
import hal0.cli.console.Listing.Cell;
import hal0.home.ledger.LedgerRow;
import hal0.providers.error.ProviderException;
import hal0.providers.price.Cost;
import hal0.providers.price.Money;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/// What all rounds with one model came to; `model` is the name that the relay was asked for.
///
/// **Shape** medians are those of the whole answers. `why` says what was not measured, or is empty.
record Pace(String model, List<Round> rounds, String why) {

    Pace {
        rounds = List.copyOf(rounds);
    }

    static Pace of(String model, List<Round> rounds) {
        String why =
                rounds.stream()
                        .map(Round::failure)
                        .filter(Objects::nonNull)
                        .map(ProviderException::getMessage)
                        .filter(Objects::nonNull)
                        .findFirst()
                        .orElse("");
        return new Pace(model, rounds, why);
    }

    /// One that was not asked.
    static Pace unasked(String model, String why) {
        return new Pace(model, List.of(), why);
    }

    boolean isUnasked() {
        return rounds.isEmpty();
    }

    boolean hasFailed() {
        return rounds.stream().anyMatch(round -> round.failure() != null);
    }

    private List<Round> whole() {
        return rounds.stream().filter(round -> round.failure() == null).toList();
    }

    /// Who answered may be another than was asked for, where that is a route.
    private @Nullable String answeredBy() {
        return rounds.stream()
                .map(Round::row)
                .filter(Objects::nonNull)
                .map(row -> row.provider() + "/" + row.model())
                .filter(name -> !name.equals(model))
                .findFirst()
                .orElse(null);
    }

    /// The middle of what `value` is of the whole answers, negative ones left out; null of none.
    private @Nullable Double median(ToDoubleFunction<Round> value) {
        double[] sorted =
                whole().stream().mapToDouble(value).filter(v -> v >= 0).sorted().toArray();
        if (sorted.length == 0) {
            return null;
        }
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    private @Nullable Double overhead() {
        return median(round -> round.row() == null ? -1 : round.row().overheadUs());
    }

    /// Of all rounds, also those that broke off; unknown as soon as that of one is.
    private Cost cost() {
        BigDecimal sum = BigDecimal.ZERO;
        boolean local = !rounds.isEmpty();
        for (Round round : rounds) {
            LedgerRow row = round.row();
            if (row == null || (row.costUsd() == null && !row.local())) {
                return new Cost.Unknown();
            }
            local &= row.local();
            sum = sum.add(row.costUsd() == null ? BigDecimal.ZERO : row.costUsd());
        }
        return local ? new Cost.Local() : new Cost.Usd(sum);
    }

    static Listing table(List<Pace> paces) {
        Listing table =
                new Listing(
                        "model",
                        "rounds",
                        "first_token_ms",
                        "tokens_per_s",
                        "total_ms",
                        "output_tokens",
                        "overhead_us",
                        "cost_usd",
                        "message");
        for (Pace pace : paces) {
            Cost cost = pace.cost();
            table.row(
                    pace.model,
                    pace.isUnasked() ? Cell.of(null) : pace.done(),
                    rounded(pace.median(round -> round.firstNanos() / 1e6)),
                    perSecond(pace.median(Round::pace)),
                    rounded(pace.median(round -> round.wholeNanos() / 1e6)),
                    rounded(pace.median(Round::outputTokens)),
                    rounded(pace.overhead()),
                    pace.isUnasked() ? Cell.of(null) : new Cell(cost.usd(), Money.format(cost)),
                    pace.message());
        }
        return table;
    }

    private Cell done() {
        int whole = whole().size();
        return new Cell(
                whole,
                whole == rounds.size() ? String.valueOf(whole) : whole + " of " + rounds.size());
    }

    private Cell message() {
        String by = answeredBy();
        String text = why.isEmpty() && by != null ? "answered by " + by : why;
        return new Cell(text, text);
    }

    private static Cell rounded(@Nullable Double value) {
        return Cell.of(value == null ? null : Math.round(value));
    }

    private static Cell perSecond(@Nullable Double value) {
        return value == null
                ? Cell.of(null)
                : new Cell(
                        Math.round(value * 10) / 10.0, String.format(Locale.ROOT, "%.1f", value));
    }

    /// As it is told while the work goes on.
    static String line(String model, int number, Round round) {
        ProviderException failure = round.failure();
        if (failure != null) {
            return "%s %d: %s".formatted(model, number, failure.getMessage());
        }
        return String.format(
                Locale.ROOT,
                "%s %d: first token after %d ms, whole after %d ms",
                model,
                number,
                Math.max(round.firstNanos(), 0) / 1_000_000,
                round.wholeNanos() / 1_000_000);
    }
}
