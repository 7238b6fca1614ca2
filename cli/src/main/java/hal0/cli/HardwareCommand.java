package hal0.cli;

import hal0.cli.console.Console;
import hal0.cli.console.HomeOptions;
import hal0.cli.console.Listing;
import hal0.cli.console.Logs;
import hal0.cli.wiring.Configuration;
import hal0.cli.wiring.Hal0;
import hal0.relay.error.Json;
import hal0.relay.model.HardwareJson;
import hal0.slots.hardware.Gpu;
import hal0.slots.hardware.GpuProcess;
import hal0.slots.hardware.Hardware;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `hal0 hardware`: the machine as it is found.
@Command(
        name = "hardware",
        description = {
            "Show processors, memory and GPUs as they are found, and who uses them.",
            "Memory is in MiB, and within the limits of a container."
        },
        mixinStandardHelpOptions = true,
        footer = {"", "Examples:", "  hal0 hardware", "  hal0 hardware --json"})
final class HardwareCommand implements Runnable {
    private final Console console;
    private final HomeOptions home;

    @Option(names = "--json", description = "One JSON object.")
    private boolean json;

    HardwareCommand(Console console, HomeOptions home) {
        this.console = console;
        this.home = home;
    }

    @Override
    public void run() {
        Logs.quiet(System.getenv());
        Configuration configuration = Configuration.read(home.locate(), System.getenv()).orThrow();
        try (Hal0 hal0 = Hal0.open(configuration)) {
            Hardware found = hal0.hardware().look();
            if (json) {
                console.out().writeBytes(Json.bytes(out -> HardwareJson.write(out, found)));
                console.out().println();
                return;
            }
            forPeople(found).print(console, false);
            found.notes().forEach(note -> console.err().println("note: " + note));
        }
    }

    private static Listing forPeople(Hardware found) {
        Listing listing = new Listing("part", "what", "memory", "free", "more");
        listing.row("cpu", found.cpu(), "", "", found.cores() + " cores")
                .row("memory", "", found.memoryMb(), found.availableMb(), "");
        for (Gpu gpu : found.gpus()) {
            listing.row("gpu " + gpu.index(), gpu.name(), gpu.totalMb(), gpu.freeMb(), more(gpu));
            for (GpuProcess process : found.processes()) {
                if (process.kind().equals(gpu.kind()) && process.gpu() == gpu.index()) {
                    listing.row(
                            "",
                            "%s (pid %d)".formatted(process.name(), process.pid()),
                            process.usedMb(),
                            "",
                            "in use");
                }
            }
        }
        found.npus().forEach(npu -> listing.row("npu", npu, "", "", ""));
        return listing;
    }

    private static String more(Gpu gpu) {
        List<String> more = new ArrayList<>(List.of(gpu.kind()));
        if (gpu.utilization() != null) {
            more.add(gpu.utilization() + " %");
        }
        if (gpu.temperature() != null) {
            more.add(gpu.temperature() + " °C");
        }
        if (gpu.powerDraw() != null) {
            more.add(String.format(Locale.ROOT, "%.0f W", gpu.powerDraw()));
        }
        if (gpu.driver() != null) {
            more.add("driver " + gpu.driver());
        }
        return String.join(", ", more);
    }
}
