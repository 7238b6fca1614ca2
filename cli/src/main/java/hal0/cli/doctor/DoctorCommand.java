package hal0.cli.doctor;

import hal0.cli.console.Console;
import hal0.cli.console.ExitCode;
import hal0.cli.console.HomeOptions;
import hal0.cli.console.Listing;
import hal0.cli.console.Logs;
import hal0.cli.wiring.Configuration;
import hal0.cli.wiring.Hal0;
import hal0.home.Home;
import hal0.relay.control.Finding.Status;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `hal0 doctor`: what is wrong, and what to do about it.
@Command(
        name = "doctor",
        description = {
            "Look for everything that is often wrong, and say how to mend it.",
            "Providers in use are asked for their models, for three seconds at most; nothing is"
                    + " paid for and nothing is changed. Exits 1 when a check fails.",
            "Where HAL0_API_URL names a relay: how this machine reaches it, and what it finds about"
                    + " itself."
        },
        mixinStandardHelpOptions = true,
        footer = {"", "Examples:", "  hal0 doctor", "  hal0 doctor --json"})
public final class DoctorCommand implements Callable<Integer> {
    private final Console console;
    private final HomeOptions home;

    @Option(names = "--json", description = "One JSON array of rows.")
    private boolean json;

    public DoctorCommand(Console console, HomeOptions home) {
        this.console = console;
        this.home = home;
    }

    @Override
    public Integer call() {
        Logs.quiet(System.getenv());
        Home at = home.locate();
        Map<String, String> environment = System.getenv();
        Configuration configuration = Configuration.read(at, environment);
        List<Row> rows;
        try (Hal0 hal0 = Hal0.open(configuration)) {
            rows = Checks.run(configuration, hal0, environment);
        }
        print(rows);
        return rows.stream().anyMatch(row -> row.status() == Status.FAIL)
                ? ExitCode.FAILED
                : ExitCode.DONE;
    }

    private void print(List<Row> rows) {
        if (json) {
            Listing listing = new Listing("id", "status", "message", "fix");
            rows.forEach(
                    row -> listing.row(row.id(), row.status().word(), row.message(), row.fix()));
            listing.print(console, true);
            return;
        }
        new Report(console.out(), Console.isTerminal(1), console.width()).print(rows);
    }
}
