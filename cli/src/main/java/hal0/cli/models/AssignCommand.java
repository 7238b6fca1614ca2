package hal0.cli.models;

import hal0.cli.console.Console;
import hal0.cli.console.HomeOptions;
import hal0.cli.console.Logs;
import hal0.cli.wiring.Configuration;
import hal0.cli.wiring.Hal0;
import hal0.relay.model.ModelEntry;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `hal0 models assign REF --slot NAME`: gives a slot its model.
@Command(
        name = "assign",
        description = {
            "Make a model the one that a slot is defined with.",
            "What the slot has loaded stays; hal0 slots swap changes that."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  hal0 models assign qwen3-4b --slot chat",
            "  hal0 models assign hf:org/repo:Q4_K_M --slot agent"
        })
final class AssignCommand implements Runnable {
    private final Console console;
    private final HomeOptions home;

    @Parameters(paramLabel = "REF", description = "A model's id or reference.")
    private String id = "";

    @Option(names = "--slot", paramLabel = "NAME", required = true, description = "The slot.")
    private String slot = "";

    AssignCommand(Console console, HomeOptions home) {
        this.console = console;
        this.home = home;
    }

    @Override
    public void run() {
        Logs.quiet(System.getenv());
        Configuration configuration = Configuration.read(home.locate(), System.getenv()).orThrow();
        try (Hal0 hal0 = Hal0.open(configuration)) {
            ModelEntry model = hal0.models().assign(id, slot);
            console.err()
                    .println(
                            "Slot %s has the model %s from its next load on."
                                    .formatted(slot, model.id()));
        }
    }
}
