package hal0.cli.slots;

import hal0.cli.console.Console;
import hal0.cli.console.HomeOptions;
import hal0.relay.control.SlotInfo;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `hal0 slots load`.
@Command(
        name = "load",
        description = {
            "Load a slot, and wait until it answers.",
            "Exits 4 when it cannot be loaded."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  hal0 slots load chat",
            "  hal0 slots load chat --model qwen3-8b --no-wait"
        })
final class LoadCommand implements Callable<Integer> {
    private final Console console;
    private final HomeOptions home;

    @Parameters(paramLabel = "NAME", description = "The slot.")
    private String name = "";

    @Option(
            names = "--model",
            paramLabel = "MODEL",
            description = "With another model than its own, this once.")
    private @Nullable String model;

    @Option(names = "--no-wait", description = "Return at once; it goes on by itself.")
    private boolean noWait;

    LoadCommand(Console console, HomeOptions home) {
        this.console = console;
        this.home = home;
    }

    @Override
    public Integer call() {
        try (SlotsRun slots = SlotsRun.open(console, home)) {
            SlotInfo ordered = slots.required().load(name, model);
            return noWait
                    ? slots.said(ordered, model == null)
                    : slots.follow(ordered, model == null);
        }
    }
}
