package hal0.cli.slots;

import hal0.cli.console.Console;
import hal0.cli.console.HomeOptions;
import hal0.relay.control.SlotInfo;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `hal0 slots swap`.
@Command(
        name = "swap",
        description = {
            "Put another model in place of the loaded one, and wait until it answers.",
            "Requests under way end first, those that come meanwhile wait. The model is the slot's",
            "default from now on."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  hal0 slots swap chat --model qwen3-8b",
            "  hal0 slots swap chat --model qwen3-8b --no-persist"
        })
final class SwapCommand implements Callable<Integer> {
    private final Console console;
    private final HomeOptions home;

    @Parameters(paramLabel = "NAME", description = "The slot.")
    private String name = "";

    @Option(
            names = "--model",
            paramLabel = "MODEL",
            required = true,
            description = "Registry id, file or a name that the image knows.")
    private String model = "";

    @Option(names = "--no-persist", description = "Leave the slot's default model as it is.")
    private boolean noPersist;

    @Option(names = "--no-wait", description = "Return at once; it goes on by itself.")
    private boolean noWait;

    SwapCommand(Console console, HomeOptions home) {
        this.console = console;
        this.home = home;
    }

    @Override
    public Integer call() {
        try (SlotsRun slots = SlotsRun.open(console, home)) {
            SlotInfo ordered = slots.required().swap(name, model, !noPersist);
            return noWait ? slots.said(ordered, false) : slots.follow(ordered, false);
        }
    }
}
