package hal0.cli.usage;

import hal0.cli.console.CommandException;
import hal0.cli.console.Console;
import hal0.cli.console.ExitCode;
import hal0.cli.console.HomeOptions;
import hal0.cli.wiring.Configuration;
import hal0.cli.wiring.Hal0;
import hal0.home.Home;
import hal0.home.IoReason;
import hal0.home.error.ErrorKind;
import hal0.home.ledger.Grouping;
import hal0.home.ledger.LedgerReport;
import hal0.home.ledger.Leftovers;
import hal0.home.ledger.Period;
import hal0.home.store.Database;
import hal0.relay.control.ControlException;
import hal0.relay.control.ControlPlane;
import java.io.IOException;
import java.nio.file.Files;
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
            "With --by request, numbers with a ~ are estimated: the client left before the",
            "provider had counted anything.",
            "",
            "Examples:",
            "  hal0 usage --by model --since 7d",
            "  hal0 usage --by request --since today --limit 20",
            "  hal0 usage --by day --since 2026-11-01 --csv > november.csv"
        })
public final class UsageCommand implements Runnable {
    private static final int SHOWN = 100;
    private static final int MOST = 1_000_000;

    private final Console console;
    private final HomeOptions home;

    @Option(
            names = "--by",
            paramLabel = "WHAT",
            defaultValue = "provider",
            description = "provider (default), model, key, session, day, month or request.")
    private By by = By.PROVIDER;

    @Option(
            names = "--limit",
            paramLabel = "N",
            description = "With --by request: the newest N; by default 100, and all for programs.")
    private @Nullable Integer limit;

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
        if (limit != null && limit < 1) {
            throw new CommandException(ExitCode.USAGE, "--limit is a number from 1 on");
        }
        Shown shown = found(home.locate(), period, zone);
        if (form.json) {
            shown.printJson(console);
        } else if (form.csv) {
            shown.printCsv(console.out());
        } else if (shown.isEmpty()) {
            console.err().printf("No model was asked %s.%n", period.words());
        } else {
            console.err().printf("%s %s:%n", shown.title(), period.words());
            shown.printColumns(console, Console.isTerminal(1));
        }
    }

    private String wanted() {
        if (since != null) {
            return since;
        }
        return by == By.MONTH ? "all" : "month";
    }

    /// The relay that runs counts what it has not written yet, and one elsewhere has a ledger of
    /// its own.
    private Shown found(Home at, Period period, ZoneId zone) {
        Grouping grouping = by.grouping();
        Configuration configuration = Configuration.read(at, System.getenv());
        try (Hal0 hal0 = Hal0.open(configuration)) {
            if (grouping == null && hal0.elsewhere().isPresent()) {
                throw new CommandException(
                        ExitCode.USAGE,
                        "--by request reads the ledger of this home; unset HAL0_API_URL");
            }
            Optional<ControlPlane> relay = grouping == null ? Optional.empty() : hal0.owner();
            return grouping != null && relay.isPresent()
                    ? told(hal0, relay.get(), grouping, at, period, zone)
                    : own(at, period, zone);
        }
    }

    private Shown told(
            Hal0 hal0, ControlPlane relay, Grouping grouping, Home at, Period period, ZoneId zone) {
        try {
            return new Report(grouping, relay.usage(grouping, period.from()));
        } catch (ControlException e) {
            if (e.kind() != ErrorKind.UNREACHABLE || hal0.elsewhere().isPresent()) {
                throw e;
            }
            // It has ended since it told where it is; what it wrote is here.
            return own(at, period, zone);
        }
    }

    /// A home where nothing was asked yet has no ledger, and looking at it makes none.
    private Shown own(Home at, Period period, ZoneId zone) {
        Grouping grouping = by.grouping();
        if (!Files.exists(at.database()) && !Files.exists(at.journalFolder())) {
            return grouping == null ? new Calls(List.of(), zone) : new Report(grouping, List.of());
        }
        try (Database database = Database.at(at.database())) {
            takeOver(new Leftovers(at.journalFolder()), database);
            LedgerReport ledger = new LedgerReport(database, zone);
            return grouping == null
                    ? new Calls(ledger.requests(period.from(), most()), zone)
                    : new Report(grouping, ledger.by(grouping, period.from()));
        }
    }

    /// People read the newest, programs want all there are.
    private int most() {
        if (limit != null) {
            return limit;
        }
        return form.json || form.csv ? MOST : SHOWN;
    }

    /// What a process that was killed left behind was spent too.
    private void takeOver(Leftovers leftovers, Database database) {
        try {
            leftovers.write(database);
        } catch (IOException e) {
            console.err()
                    .printf(
                            "hal0: what a killed hal0 spent last is left out, its journal cannot be read: %s%n",
                            IoReason.of(e));
        }
    }
}
