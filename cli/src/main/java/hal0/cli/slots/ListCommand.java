package hal0.cli.slots;

import hal0.cli.console.Console;
import hal0.cli.console.ExitCode;
import hal0.cli.console.HomeOptions;
import hal0.relay.control.SlotInfo;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `hal0 slots list`.
@Command(
        name = "list",
        description = "Show every slot: its state, model, requests and memory.",
        mixinStandardHelpOptions = true,
        footer = {"", "Examples:", "  hal0 slots list", "  hal0 slots list --json"})
final class ListCommand implements Callable<Integer> {
    private final Console console;
    private final HomeOptions home;

    @Option(names = "--json", description = "One JSON array.")
    private boolean json;

    ListCommand(Console console, HomeOptions home) {
        this.console = console;
        this.home = home;
    }

    @Override
    public Integer call() {
        try (SlotsRun slots = SlotsRun.open(console, home)) {
            List<SlotInfo> all = slots.all();
            SlotText.list(all).print(console, json);
            slots.problems().forEach(console.err()::println);
            if (all.isEmpty() && !json) {
                console.err()
                        .println(
                                "There is no slot. Make one with: hal0 slots create NAME --model …");
            }
            return ExitCode.DONE;
        }
    }
}
