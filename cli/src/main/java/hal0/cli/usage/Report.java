package hal0.cli.usage;

import hal0.cli.console.Console;
import hal0.cli.console.Listing;
import hal0.home.ledger.Grouping;
import hal0.home.ledger.Tally;
import hal0.tui.text.Safe;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The groups of a report in the forms in which they are printed.
record Report(Grouping grouping, List<Tally> tallies) implements Shown {
    private static final List<String> FIELDS =
            List.of(
                    "requests",
                    "failed",
                    "input_tokens",
                    "output_tokens",
                    "cache_read_tokens",
                    "cache_write_tokens",
                    "reasoning_tokens",
                    "cost_usd",
                    "priced",
                    "local",
                    "unpriced");

    Report {
        tallies = List.copyOf(tallies);
    }

    @Override
    public boolean isEmpty() {
        return tallies.isEmpty();
    }

    @Override
    public String title() {
        return "Spend";
    }

    private String name() {
        return grouping.name().toLowerCase(Locale.ROOT);
    }

    private List<String> fields() {
        List<String> fields = new ArrayList<>(List.of(name()));
        fields.addAll(FIELDS);
        return fields;
    }

    /// In the order of `fields`. The cost is null where nothing is known of it.
    private static @Nullable Object[] values(Tally tally) {
        BigDecimal cost = tally.isPriced() ? tally.costUsd() : null;
        return new @Nullable Object[] {
            tally.name(),
            tally.requests(),
            tally.failed(),
            tally.inputTokens(),
            tally.outputTokens(),
            tally.cacheReadTokens(),
            tally.cacheWriteTokens(),
            tally.reasoningTokens(),
            cost,
            tally.priced(),
            tally.local(),
            tally.unpriced()
        };
    }

    @Override
    public void printJson(Console console) {
        Listing listing = new Listing(fields().toArray(String[]::new));
        tallies.forEach(tally -> listing.row(values(tally)));
        listing.print(console, true);
    }

    /// As RFC 4180 has it, but with plain line ends; what is unknown stays empty.
    @Override
    public void printCsv(PrintStream out) {
        out.println(String.join(",", fields()));
        for (Tally tally : tallies) {
            out.println(
                    Arrays.stream(values(tally)).map(Report::csv).collect(Collectors.joining(",")));
        }
    }

    private static String csv(@Nullable Object value) {
        String text =
                switch (value) {
                    case null -> "";
                    case BigDecimal number -> number.toPlainString();
                    default -> String.valueOf(value);
                };
        boolean plain = text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
    }

    /// Columns for people, with a total below them and, if wanted, bars beside them.
    @Override
    public void printColumns(Console console, boolean withBars) {
        Bars bars = new Bars(tallies);
        List<String> columns =
                new ArrayList<>(List.of(name(), "requests", "input", "cached", "output", "cost"));
        if (withBars) {
            columns.add(bars.heading());
        }
        Listing listing = new Listing(columns.toArray(String[]::new));
        for (Tally tally : tallies) {
            String name = tally.name() == null ? "(none)" : Safe.oneLine(tally.name());
            listing.row(cells(name, tally, withBars ? bars.of(tally) : null));
        }
        if (tallies.size() > 1) {
            Tally total = tallies.stream().reduce(Tally.none("total"), Tally::plus);
            listing.row(cells("total", total, withBars ? "" : null));
        }
        listing.print(console, false);
    }

    private static @Nullable Object[] cells(String name, Tally tally, @Nullable String bar) {
        List<@Nullable Object> cells = new ArrayList<>();
        cells.add(name);
        cells.add(count(tally.requests()));
        cells.add(count(tally.inputTokens()));
        cells.add(count(tally.cacheReadTokens() + tally.cacheWriteTokens()));
        cells.add(count(tally.outputTokens()));
        cells.add(CostText.of(tally));
        if (bar != null) {
            cells.add(bar);
        }
        return cells.toArray();
    }

    private static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }
}
