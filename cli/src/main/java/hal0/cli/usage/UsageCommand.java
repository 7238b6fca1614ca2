package hal0.cli.usage;

import hal0.cli.console.Console;
import hal0.cli.console.HomeOptions;
import hal0.cli.wiring.Configuration;
import hal0.cli.wiring.Hal0;
import hal0.home.Home;
import hal0.home.ledger.Grouping;
import hal0.home.ledger.LedgerReport;
import hal0.home.ledger.Period;
import hal0.home.ledger.Tally;
import hal0.home.store.Database;
import hal0.relay.control.ControlPlane;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `hal0 usage`: spend and tokens, from the ledger of the home.
@Command(
        name = "usage",
        description = "Show what was spent, and for what.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "A model is provider/model; a key is who asked: tui, ask, relay or the name of a key.",
            "Answers whose price nobody knows are counted beside the sum, not as zero.",
            "",
            "Examples:",
            "  hal0 usage --by model --since 7d",
            "  hal0 usage --by day --since 2026-11-01 --csv > november.csv"
        })
public final class UsageCommand implements Runnable {
    private final Console console;
    private final HomeOptions home;

    @Option(
            names = "--by",
            paramLabel = "WHAT",
            defaultValue = "provider",
            description = "provider (default), model, key, session, day or month.")
    private Grouping by = Grouping.PROVIDER;

    @Option(
            names = "--since",
            paramLabel = "WHEN",
            description = {
                "A date (2026-11-01), days (7d: today and the six before), today, month or all.",
                "By default this month, and all with --by month."
            })
    private @Nullable String since;

    @ArgGroup private final Form form = new Form();

    /// One or the other.
    private static final class Form {
        @Option(names = "--json", description = "One JSON array.")
        private boolean json;

        @Option(names = "--csv", description = "Comma-separated values with a heading.")
        private boolean csv;
    }

    public UsageCommand(Console console, HomeOptions home) {
        this.console = console;
        this.home = home;
    }

    @Override
    public void run() {
        ZoneId zone = ZoneId.systemDefault();
        Period period = Since.parse(wanted(), LocalDate.now(zone), zone);
        Report report = new Report(by, tallies(home.locate(), period, zone));
        if (form.json) {
            report.printJson(console);
        } else if (form.csv) {
            report.printCsv(console.out());
        } else if (report.tallies().isEmpty()) {
            console.err().printf("No model was asked %s.%n", period.words());
        } else {
            console.err().printf("Spend %s:%n", period.words());
            report.printColumns(console, Console.isTerminal(1));
        }
    }

    private String wanted() {
        if (since != null) {
            return since;
        }
        return by == Grouping.MONTH ? "all" : "month";
    }

    /// The relay that runs counts what it has not written yet, and one elsewhere has a ledger of
    /// its own.
    private List<Tally> tallies(Home at, Period period, ZoneId zone) {
        Configuration configuration = Configuration.read(at, System.getenv());
        try (Hal0 hal0 = Hal0.open(configuration)) {
            Optional<ControlPlane> relay = hal0.owner();
            return relay.isPresent()
                    ? relay.get().usage(by, period.from())
                    : own(at.database(), period, zone);
        }
    }

    /// A home where nothing was asked yet has no ledger, and looking at it makes none.
    private List<Tally> own(Path file, Period period, ZoneId zone) {
        if (!Files.exists(file)) {
            return List.of();
        }
        try (Database database = Database.at(file)) {
            return new LedgerReport(database, zone).by(by, period.from());
        }
    }
}
