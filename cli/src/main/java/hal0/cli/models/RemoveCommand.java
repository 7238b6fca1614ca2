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

/// `hal0 models remove ID`: takes a model out of the registry.
@Command(
        name = "remove",
        description = "Take a model out of models.toml; its file stays unless --files is given.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  hal0 models remove qwen3-4b",
            "  hal0 models remove qwen3-4b --files"
        })
final class RemoveCommand implements Runnable {
    private final Console console;
    private final HomeOptions home;

    @Parameters(
            paramLabel = "ID",
            description = "A model's id or reference, or a file as hal0 models list names it.")
    private String id = "";

    @Option(
            names = "--files",
            description = "Delete its files too, unfinished ones as well; only those in the store.")
    private boolean files;

    @Option(names = "--force", description = "Even where a slot is defined with it.")
    private boolean force;

    RemoveCommand(Console console, HomeOptions home) {
        this.console = console;
        this.home = home;
    }

    @Override
    public void run() {
        Logs.quiet(System.getenv());
        Configuration configuration = Configuration.read(home.locate(), System.getenv()).orThrow();
        try (Hal0 hal0 = Hal0.open(configuration)) {
            ModelEntry gone = hal0.models().remove(id, files, force);
            console.err().println("Removed %s.".formatted(gone.id()));
            if (!files && gone.path() != null) {
                console.err().println("Its file stays: " + gone.path());
            }
        }
    }
}
