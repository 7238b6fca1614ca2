package hal0.cli.slots;

import hal0.cli.console.Console;
import hal0.cli.console.ExitCode;
import hal0.cli.console.HomeOptions;
import hal0.cli.console.Listing;
import hal0.slots.definition.Argument;
import hal0.slots.definition.Definition;
import hal0.slots.definition.Launch;
import hal0.slots.definition.SlotSpec.RuntimeName;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `hal0 slots resolved NAME`: what a slot is started with, word by word.
@Command(
        name = "resolved",
        description = "Show what loading a slot comes to: every word, and who put it there.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  hal0 slots resolved chat",
            "  hal0 slots resolved chat --model qwen3-8b --json"
        })
final class ResolvedCommand implements Callable<Integer> {
    private final Console console;
    private final HomeOptions home;

    @Parameters(paramLabel = "NAME", description = "The slot.")
    private String name = "";

    @Option(
            names = "--model",
            paramLabel = "MODEL",
            description = "With another model than its own.")
    private @Nullable String model;

    @Option(names = "--json", description = "One JSON array.")
    private boolean json;

    ResolvedCommand(Console console, HomeOptions home) {
        this.console = console;
        this.home = home;
    }

    @Override
    public Integer call() throws IOException {
        SlotsHere slots = SlotsHere.open(console, home);
        Definition slot = slots.require(name);
        Launch launch = SlotsHere.told(() -> launch(slots, slot));
        Listing listing = new Listing("word", "source", "place");
        for (Argument argument : launch.arguments()) {
            listing.row(argument.text(), argument.source().word(), argument.place());
        }
        listing.print(console, json);
        console.err().println("runtime " + slot.runtime().word());
        if (launch.image() != null) {
            console.err().println("image   " + launch.image());
        }
        if (slot.spec().slot().port() == null) {
            console.err()
                    .println(
                            "port    chosen when it is loaded, from %d to %d"
                                    .formatted(
                                            slots.definitions().ports().first(),
                                            slots.definitions().ports().last()));
        }
        if (model == null) {
            SlotsRun.compare(console, home, name);
        }
        return ExitCode.DONE;
    }

    /// As with a container where that is open: Podman and Docker are given the same words.
    private Launch launch(SlotsHere slots, Definition slot) {
        RuntimeName runtime =
                slot.runtime() == RuntimeName.AUTO ? RuntimeName.PODMAN : slot.runtime();
        Integer port = slot.spec().slot().port();
        return slots.definitions()
                .launch(
                        name,
                        model,
                        runtime,
                        port == null ? slots.definitions().ports().first() : port);
    }
}
