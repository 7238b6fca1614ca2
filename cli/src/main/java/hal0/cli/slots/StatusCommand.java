package hal0.cli.slots;

import hal0.cli.console.Console;
import hal0.cli.console.ExitCode;
import hal0.cli.console.HomeOptions;
import hal0.relay.control.SlotInfo;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `hal0 slots status`.
@Command(
        name = "status",
        description = "Show all that is known of one slot.",
        mixinStandardHelpOptions = true,
        footer = {"", "Examples:", "  hal0 slots status chat", "  hal0 slots status chat --json"})
final class StatusCommand implements Callable<Integer> {
    private final Console console;
    private final HomeOptions home;

    @Parameters(paramLabel = "NAME", description = "The slot.")
    private String name = "";

    @Option(names = "--json", description = "One JSON array.")
    private boolean json;

    StatusCommand(Console console, HomeOptions home) {
        this.console = console;
        this.home = home;
    }

    @Override
    public Integer call() {
        try (SlotsRun slots = SlotsRun.open(console, home)) {
            SlotInfo slot = slots.one(name);
            SlotText.status(slot).print(console, json);
            return slot.isFailed() ? ExitCode.FAILED : ExitCode.DONE;
        }
    }
}
