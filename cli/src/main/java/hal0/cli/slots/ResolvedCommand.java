package hal0.cli.slots;

import hal0.cli.console.Console;
import hal0.cli.console.ExitCode;
import hal0.cli.console.HomeOptions;
import hal0.cli.console.Listing;
import hal0.cli.wiring.Hal0;
import hal0.relay.control.ControlPlane;
import hal0.relay.control.SlotLaunch;
import hal0.slots.definition.Definition;
import hal0.slots.definition.Launch;
import hal0.slots.definition.SlotSpec.RuntimeName;
import java.io.IOException;
import java.util.Optional;
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
        try (Hal0 hal0 = Hal0.open(slots.configuration())) {
            // With another model it is a question to the files.
            Optional<ControlPlane> relay = model == null ? hal0.owner() : hal0.elsewhere();
            if (relay.isPresent()) {
                SlotLaunch launch = relay.get().slots().resolved(name);
                print(launch, launch.runtime());
                return ExitCode.DONE;
            }
        }
        Definition slot = slots.require(name);
        SlotLaunch launch = SlotLaunch.of(SlotsHere.told(() -> launch(slots, slot)), null);
        print(
                launch,
                slot.runtime() == RuntimeName.AUTO
                        ? "auto (podman where it answers, else docker)"
                        : launch.runtime());
        if (slot.spec().slot().port() == null) {
            console.err()
                    .println(
                            "The port is chosen when it is loaded, from %d to %d."
                                    .formatted(
                                            slots.definitions().ports().first(),
                                            slots.definitions().ports().last()));
        }
        if (model == null) {
            SlotsRun.compare(console, home, name);
        }
        return ExitCode.DONE;
    }

    private void print(SlotLaunch launch, String runtime) {
        Listing listing = new Listing("word", "source", "place");
        for (SlotLaunch.Word word : launch.words()) {
            listing.row(word.text(), word.source(), word.place());
        }
        listing.print(console, json);
        String image = launch.image() == null ? "" : ", image " + launch.image();
        console.err().println("Runtime %s%s.".formatted(runtime, image));
        if (!launch.variables().isEmpty()) {
            console.err().println("Variables: " + String.join(", ", launch.variables()) + ".");
        }
        if (launch.differs()) {
            console.err()
                    .println(
                            "What runs was started in another way; to start it so: hal0 slots restart %s"
                                    .formatted(name));
        }
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
