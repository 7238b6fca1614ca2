package hal0.cli.slots;

import hal0.cli.console.Console;
import hal0.cli.console.HomeOptions;
import hal0.relay.control.SlotInfo;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `hal0 slots restart`.
@Command(
        name = "restart",
        description = "Start anew what serves a slot, once its requests have ended.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  hal0 slots restart chat",
            "  hal0 slots restart chat --no-wait"
        })
final class RestartCommand implements Callable<Integer> {
    private final Console console;
    private final HomeOptions home;

    @Parameters(paramLabel = "NAME", description = "The slot.")
    private String name = "";

    @Option(names = "--no-wait", description = "Return at once; it goes on by itself.")
    private boolean noWait;

    RestartCommand(Console console, HomeOptions home) {
        this.console = console;
        this.home = home;
    }

    @Override
    public Integer call() {
        try (SlotsRun slots = SlotsRun.open(console, home)) {
            SlotInfo ordered = slots.required().restart(name);
            return noWait ? slots.said(ordered, true) : slots.follow(ordered, true);
        }
    }
}
