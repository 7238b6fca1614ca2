package hal0.cli.slots;

import hal0.cli.console.Console;
import hal0.cli.console.ExitCode;
import hal0.cli.console.HomeOptions;
import hal0.cli.console.Listing;
import hal0.cli.console.Listing.Cell;
import hal0.slots.definition.Fact;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `hal0 slots show NAME`: every key of a slot, and where it comes from.
@Command(
        name = "show",
        description = "Show every key of a slot and where its value comes from.",
        mixinStandardHelpOptions = true,
        footer = {"", "Examples:", "  hal0 slots show chat", "  hal0 slots show chat --json"})
final class ShowCommand implements Callable<Integer> {
    private final Console console;
    private final HomeOptions home;

    @Parameters(paramLabel = "NAME", description = "The slot.")
    private String name = "";

    @Option(names = "--json", description = "One JSON array.")
    private boolean json;

    ShowCommand(Console console, HomeOptions home) {
        this.console = console;
        this.home = home;
    }

    @Override
    public Integer call() {
        SlotsHere slots = SlotsHere.open(console, home);
        var _ = slots.require(name);
        Listing listing = new Listing("key", "value", "origin");
        for (Fact fact : slots.definitions().facts(name)) {
            listing.row(
                    fact.key(),
                    fact.text().isEmpty() ? new Cell(null, "-") : fact.text(),
                    fact.origin());
        }
        listing.print(console, json);
        slots.problems(name).forEach(console::problem);
        return ExitCode.DONE;
    }
}
