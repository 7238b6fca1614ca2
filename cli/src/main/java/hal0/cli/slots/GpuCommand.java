package hal0.cli.slots;

import hal0.cli.console.Console;
import hal0.cli.console.ExitCode;
import hal0.cli.console.HomeOptions;
import hal0.cli.console.Listing;
import hal0.relay.control.GpuInfo;
import hal0.relay.control.SlotControl;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `hal0 slots gpu`.
@Command(
        name = "gpu",
        description = {
            "Show the GPUs, and which slot has how much of what slots share.",
            "With --mode, let the other group of slots have the GPUs."
        },
        mixinStandardHelpOptions = true,
        footer = {"", "Examples:", "  hal0 slots gpu", "  hal0 slots gpu --mode img --pin"})
final class GpuCommand implements Callable<Integer> {
    private final Console console;
    private final HomeOptions home;

    @Option(
            names = "--mode",
            paramLabel = "llm|img",
            description = "Who may have the GPUs from now on.")
    private @Nullable String mode;

    @Option(names = "--force", description = "Even while requests are under way.")
    private boolean force;

    @Option(names = "--pin", description = "Until it is changed by hand.")
    private boolean pin;

    @Option(names = "--json", description = "One JSON array.")
    private boolean json;

    GpuCommand(Console console, HomeOptions home) {
        this.console = console;
        this.home = home;
    }

    @Override
    public Integer call() {
        try (SlotsRun slots = SlotsRun.open(console, home)) {
            SlotControl control = slots.required();
            GpuInfo gpu = mode == null ? control.gpu() : control.gpuMode(mode, force, pin);
            shares(gpu).print(console, json);
            if (!json) {
                cards(gpu);
            }
            return ExitCode.DONE;
        }
    }

    private static Listing shares(GpuInfo gpu) {
        Listing listing = new Listing("pool", "slot", "mb", "known", "state");
        for (GpuInfo.Share share : gpu.shares()) {
            listing.row(
                    share.pool(),
                    share.slot(),
                    share.mb(),
                    share.measured() ? "measured" : "estimated",
                    share.state());
        }
        return listing;
    }

    private void cards(GpuInfo gpu) {
        if (gpu.cards().isEmpty()) {
            console.err().println("No GPU was found; slots share the machine's memory.");
        }
        for (GpuInfo.Card card : gpu.cards()) {
            console.err()
                    .println(
                            "%s:%d %s: %d of %d MiB in use, %d MiB free"
                                    .formatted(
                                            card.kind(),
                                            card.index(),
                                            card.name(),
                                            card.usedMb(),
                                            card.totalMb(),
                                            card.freeMb()));
        }
        if (gpu.mode() != null) {
            console.err()
                    .println(
                            "The GPUs are for %s slots%s."
                                    .formatted(gpu.mode(), gpu.pinned() ? ", until changed" : ""));
        }
    }
}
