package hal0.cli.slots;

import hal0.cli.console.Console;
import hal0.cli.console.ExitCode;
import hal0.cli.console.HomeOptions;
import hal0.cli.console.Interrupt;
import hal0.providers.http.CancelToken;
import hal0.relay.control.SlotLine;
import hal0.tui.text.Safe;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `hal0 slots logs`.
@Command(
        name = "logs",
        description = "Show what the server of a slot wrote.",
        mixinStandardHelpOptions = true,
        footer = {"", "Examples:", "  hal0 slots logs chat", "  hal0 slots logs chat -f -n 20"})
final class LogsCommand implements Callable<Integer> {
    private final Console console;
    private final HomeOptions home;

    @Parameters(paramLabel = "NAME", description = "The slot.")
    private String name = "";

    @Option(
            names = {"-f", "--follow"},
            description = "Go on as it writes more.")
    private boolean follow;

    @Option(
            names = {"-n", "--lines"},
            paramLabel = "COUNT",
            description = "How many of the last lines, 200 by default.")
    private int lines = 200;

    LogsCommand(Console console, HomeOptions home) {
        this.console = console;
        this.home = home;
    }

    @Override
    public Integer call() {
        try (SlotsRun slots = SlotsRun.open(console, home)) {
            CancelToken cancel = new CancelToken();
            try (Interrupt _ = Interrupt.cancels(cancel)) {
                slots.required().logs(name, lines, follow, this::print, cancel);
            }
            return cancel.isCancelled() ? ExitCode.INTERRUPTED : ExitCode.DONE;
        }
    }

    /// A server's words are for a terminal to show, not to obey.
    private void print(SlotLine line) {
        console.out().println(Safe.oneLine(line.text()));
        console.out().flush();
    }
}
