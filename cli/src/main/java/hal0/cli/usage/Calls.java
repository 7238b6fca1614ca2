package hal0.cli.usage;

import hal0.cli.console.Console;
import hal0.cli.console.Listing;
import hal0.home.ledger.LedgerRow;
import hal0.home.ledger.RowColumns;
import hal0.providers.price.Money;
import hal0.tui.text.Safe;
import java.io.PrintStream;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/// Single calls, newest first, in the forms in which they are printed.
record Calls(List<LedgerRow> rows, ZoneId zone) implements Shown {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("MM-dd HH:mm:ss", Locale.ROOT);

    Calls {
        rows = List.copyOf(rows);
    }

    @Override
    public boolean isEmpty() {
        return rows.isEmpty();
    }

    @Override
    public String title() {
        return "Requests, newest first,";
    }

    @Override
    public void printJson(Console console) {
        Listing listing = new Listing(RowColumns.names().toArray(String[]::new));
        rows.forEach(row -> listing.row(RowColumns.values(row).toArray()));
        listing.print(console, true);
    }

    @Override
    public void printCsv(PrintStream out) {
        out.print(RowColumns.csv(rows));
    }

    /// Columns for people; a tilde before numbers that are estimated.
    @Override
    public void printColumns(Console console, boolean terminal) {
        Listing listing =
                new Listing(
                        "time", "request", "key", "model", "outcome", "input", "output", "cost",
                        "seconds");
        for (LedgerRow row : rows) {
            String about = row.estimated() ? "~" : "";
            listing.row(
                    TIME.format(row.at().atZone(zone)),
                    Safe.oneLine(row.requestId()),
                    Safe.oneLine(row.client()),
                    Safe.oneLine(row.provider() + "/" + row.model()),
                    outcome(row),
                    about + row.inputTokens(),
                    row.outputTokens(),
                    about + cost(row),
                    "%.1f".formatted(row.latencyMs() / 1000.0));
        }
        listing.print(console, false);
    }

    private static String outcome(LedgerRow row) {
        String outcome = row.outcome().name().toLowerCase(Locale.ROOT);
        String error = row.errorKind();
        return error == null || error.equals(outcome)
                ? outcome
                : outcome + " (" + error.replace('_', ' ') + ")";
    }

    private static String cost(LedgerRow row) {
        if (row.local()) {
            return "local";
        }
        return row.costUsd() == null ? "n/a" : Money.format(row.costUsd());
    }
}
