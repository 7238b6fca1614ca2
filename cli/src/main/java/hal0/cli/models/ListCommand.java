package hal0.cli.models;

import hal0.cli.console.Console;
import hal0.cli.console.HomeOptions;
import hal0.cli.console.Listing;
import hal0.cli.console.Listing.Cell;
import hal0.cli.console.Logs;
import hal0.cli.wiring.Configuration;
import hal0.cli.wiring.Hal0;
import hal0.relay.model.ModelEntry;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `hal0 models list`: which models there are, and whether they can be served from here.
@Command(
        name = "list",
        description = {
            "Show the models of the registry, and files of the store that it does not know.",
            "What providers list: hal0 providers models ID."
        },
        mixinStandardHelpOptions = true,
        footer = {"", "Examples:", "  hal0 models list", "  hal0 models list --json"})
final class ListCommand implements Runnable {
    private final Console console;
    private final HomeOptions home;

    @Option(names = "--json", description = "One JSON array.")
    private boolean json;

    ListCommand(Console console, HomeOptions home) {
        this.console = console;
        this.home = home;
    }

    @Override
    public void run() {
        Logs.quiet(System.getenv());
        Configuration configuration = Configuration.read(home.locate(), System.getenv()).orThrow();
        try (Hal0 hal0 = Hal0.open(configuration)) {
            List<ModelEntry> models = hal0.models().list();
            (json ? forPrograms(models) : forPeople(models)).print(console, json);
            if (models.isEmpty() && !json) {
                console.err()
                        .println(
                                "There is no model yet. Pull one with: hal0 models pull hf:ORG/REPO:Q4_K_M");
            }
        }
    }

    private static Listing forPrograms(List<ModelEntry> models) {
        Listing listing =
                new Listing(
                        "id",
                        "state",
                        "path",
                        "ref",
                        "upstream",
                        "sha256",
                        "size_bytes",
                        "context_length",
                        "architecture",
                        "quantization",
                        "parameters",
                        "capabilities",
                        "profile",
                        "slots",
                        "message");
        for (ModelEntry model : models) {
            ModelEntry.Facts facts = model.facts();
            listing.row(
                    model.id(),
                    model.state().word(),
                    model.path(),
                    model.ref(),
                    model.upstream(),
                    model.sha256(),
                    known(model.sizeBytes()),
                    known(model.contextLength()),
                    facts == null ? null : facts.architecture(),
                    facts == null ? null : facts.quantization(),
                    facts == null ? null : facts.parameters(),
                    model.capabilities(),
                    model.profile(),
                    model.slots(),
                    model.message());
        }
        return listing;
    }

    static @Nullable Long known(long number) {
        return number == 0 ? null : number;
    }

    private static Listing forPeople(List<ModelEntry> models) {
        Listing listing =
                new Listing("id", "state", "size", "context", "quant", "can", "slots", "note");
        for (ModelEntry model : models) {
            ModelEntry.Facts facts = model.facts();
            listing.row(
                    model.id(),
                    model.state().word().replace('_', ' '),
                    new Cell(
                            model.sizeBytes(),
                            model.sizeBytes() == 0 ? "-" : Amounts.bytes(model.sizeBytes())),
                    known(model.contextLength()),
                    facts == null ? null : facts.quantization(),
                    joined(model.capabilities()),
                    joined(model.slots()),
                    model.message());
        }
        return listing;
    }

    private static String joined(List<String> words) {
        return words.isEmpty() ? "-" : String.join(",", words);
    }
}
