package hal0.cli.providers;

import hal0.cli.console.CommandException;
import hal0.cli.console.Console;
import hal0.cli.console.ExitCode;
import hal0.cli.console.HomeOptions;
import hal0.cli.console.Listing;
import hal0.cli.console.Logs;
import hal0.cli.wiring.Configuration;
import hal0.cli.wiring.Hal0;
import hal0.providers.catalog.CatalogRefresh.Outcome;
import hal0.providers.catalog.ModelCatalog.Summary;
import hal0.relay.control.CatalogControl;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `hal0 providers catalog`: of which models hal0 knows limits and prices, and from when.
@Command(
        name = "catalog",
        description = "Show how many models of each preset are known, and fetch newer facts.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Nothing is fetched without --refresh, and then only from catalog_url in [models] of"
                    + " config.toml, a document such as https://models.dev/api.json.",
            "",
            "Examples:",
            "  hal0 providers catalog",
            "  hal0 providers catalog --refresh --json"
        })
final class CatalogCommand implements Runnable {
    private final Console console;
    private final HomeOptions home;

    @Option(names = "--refresh", description = "Fetch catalog_url of [models] first.")
    private boolean refresh;

    @Option(names = "--json", description = "One JSON array.")
    private boolean json;

    CatalogCommand(Console console, HomeOptions home) {
        this.console = console;
        this.home = home;
    }

    @Override
    public void run() {
        Logs.quiet(System.getenv());
        Configuration configuration = Configuration.read(home.locate(), System.getenv()).orThrow();
        try (Hal0 hal0 = Hal0.open(configuration)) {
            CatalogControl catalog = hal0.planes().catalog();
            if (refresh) {
                tell(catalog.refresh());
            }
            print(catalog.summaries());
        }
    }

    private void tell(Outcome outcome) {
        switch (outcome) {
            case Outcome.Replaced(int models) ->
                    console.err().printf("%d models were fetched.%n", models);
            case Outcome.Unchanged _ ->
                    console.err().println("The catalog has not changed since it was fetched.");
            case Outcome.Failed(var kind, String message) ->
                    throw new CommandException(
                            ExitCode.of(kind), message + "; the last good catalog stays in use");
        }
    }

    private void print(List<Summary> summaries) {
        Listing listing = new Listing("id", "models", "priced", "as_of", "refreshed_at", "sources");
        for (Summary summary : summaries) {
            listing.row(
                    summary.provider(),
                    summary.models(),
                    summary.priced(),
                    summary.asOf(),
                    summary.refreshedAt() == null ? null : summary.refreshedAt().toString(),
                    new Listing.Cell(
                            summary.sources(), summary.sources().size() + " (see --json)"));
        }
        listing.print(console, json);
    }
}
