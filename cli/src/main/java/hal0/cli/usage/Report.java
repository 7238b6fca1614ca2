package hal0.cli.usage;

import hal0.cli.console.Console;
import hal0.cli.console.Listing;
import hal0.home.ledger.Grouping;
import hal0.home.ledger.Tally;
import hal0.home.ledger.TallyColumns;
import hal0.tui.text.Safe;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The groups of a report in the forms in which they are printed.
record Report(Grouping grouping, List<Tally> tallies) implements Shown {
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

    @Override
    public void printJson(Console console) {
        Listing listing = new Listing(TallyColumns.names(grouping).toArray(String[]::new));
        tallies.forEach(tally -> listing.row(TallyColumns.values(tally).toArray()));
        listing.print(console, true);
    }

    @Override
    public void printCsv(PrintStream out) {
        out.print(TallyColumns.csv(grouping, tallies));
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
