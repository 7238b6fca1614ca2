package hal0.cli.models;

import hal0.cli.console.CommandException;
import hal0.cli.console.Console;
import hal0.cli.console.ExitCode;
import hal0.cli.console.HomeOptions;
import hal0.cli.console.Listing;
import hal0.cli.console.Logs;
import hal0.cli.wiring.Configuration;
import hal0.cli.wiring.Hal0;
import hal0.relay.error.Json;
import hal0.relay.model.ModelControl;
import hal0.relay.model.ModelEntry;
import hal0.relay.model.ModelEntry.Facts;
import hal0.relay.model.ModelJson;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `hal0 models show ID`: one model, with what its file says of itself.
@Command(
        name = "show",
        description = "Show one model: what its file says, and what memory it is going to take.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  hal0 models show qwen3-4b",
            "  hal0 models show qwen3-4b --ctx-size 32768 --json"
        })
final class ShowCommand implements Runnable {
    private final Console console;
    private final HomeOptions home;

    @Parameters(paramLabel = "ID", description = "A model's id or reference.")
    private String id = "";

    @Option(
            names = "--ctx-size",
            paramLabel = "TOKENS",
            description = "Estimate the memory for so many tokens; 8192 by default.")
    private long contextSize = ModelControl.USUAL_CONTEXT;

    @Option(names = "--json", description = "One JSON object.")
    private boolean json;

    ShowCommand(Console console, HomeOptions home) {
        this.console = console;
        this.home = home;
    }

    @Override
    public void run() {
        if (contextSize < 1 || contextSize > Integer.MAX_VALUE) {
            throw new CommandException(ExitCode.USAGE, "--ctx-size is a count of tokens");
        }
        Logs.quiet(System.getenv());
        Configuration configuration = Configuration.read(home.locate(), System.getenv()).orThrow();
        try (Hal0 hal0 = Hal0.open(configuration)) {
            ModelEntry model = hal0.models().one(id, contextSize);
            if (json) {
                console.out().writeBytes(Json.bytes(out -> ModelJson.write(out, model)));
                console.out().println();
            } else {
                forPeople(model).print(console, false);
            }
        }
    }

    private static Listing forPeople(ModelEntry model) {
        Listing listing = new Listing("key", "value");
        listing.row("id", model.id())
                .row("state", model.state().word().replace('_', ' '))
                .row("path", model.path())
                .row("ref", model.ref())
                .row("upstream", model.upstream())
                .row("size", model.sizeBytes() == 0 ? "-" : Amounts.bytes(model.sizeBytes()))
                .row("sha256", model.sha256())
                .row("context length", ListCommand.known(model.contextLength()))
                .row("capabilities", String.join(", ", model.capabilities()))
                .row("profile", model.profile())
                .row("slots", String.join(", ", model.slots()));
        Facts facts = model.facts();
        if (facts != null) {
            addFacts(listing, facts);
        }
        if (!model.message().isEmpty()) {
            listing.row("note", model.message());
        }
        return listing;
    }

    private static void addFacts(Listing listing, Facts facts) {
        String memory = "about %d MiB for %d tokens";
        listing.row("architecture", facts.architecture())
                .row("name", facts.name())
                .row("quantization", facts.quantization())
                .row("parameters", Amounts.count(facts.parameters()))
                .row("layers", facts.layers())
                .row("heads", "%d, %d for keys".formatted(facts.heads(), facts.keyHeads()))
                .row("embedding length", facts.embeddingLength())
                .row("files", facts.files())
                .row("memory of a GPU", memory.formatted(facts.gpuMb(), facts.contextSize()))
                .row("and of the machine", "about %d MiB".formatted(facts.gpuHostMb()))
                .row("memory without one", memory.formatted(facts.cpuMb(), facts.contextSize()));
    }
}
