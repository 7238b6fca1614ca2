package hal0.cli.models;

import hal0.cli.console.Console;
import hal0.cli.console.HomeOptions;
import hal0.cli.console.Logs;
import hal0.cli.wiring.Configuration;
import hal0.cli.wiring.Hal0;
import hal0.relay.model.ModelEntry;
import hal0.relay.model.NewModel;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `hal0 models register ID --path FILE`: gives a model an id.
@Command(
        name = "register",
        description = "Add a model to models.toml; what its file says of itself is added.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  hal0 models register qwen3-4b --path /models/Qwen3-4B-Q4_K_M.gguf",
            "  hal0 models register big --ref hf:org/repo:Q4_K_M --profile llama-server-cuda"
        })
final class RegisterCommand implements Runnable {
    private final Console console;
    private final HomeOptions home;

    @Parameters(paramLabel = "ID", description = "What clients ask for.")
    private String id = "";

    @Option(
            names = "--path",
            paramLabel = "FILE",
            description = "Its file, or one of several; or the folder of another kind of model.")
    private @Nullable Path path;

    @Option(
            names = "--ref",
            paramLabel = "REF",
            description = "Where it can be pulled from: hf:… or an address.")
    private @Nullable String ref;

    @Option(
            names = "--upstream",
            paramLabel = "NAME",
            description = "The provider or slot that serves it, whoever else lists it.")
    private @Nullable String upstream;

    @Option(
            names = "--context-length",
            paramLabel = "TOKENS",
            description = "How much it takes in; its file's own by default.")
    private long contextLength;

    @Option(
            names = "--capability",
            paramLabel = "WORD",
            split = ",",
            description = "Such as chat, tools, embed, rerank; may be repeated.")
    private List<String> capabilities = List.of();

    @Option(names = "--profile", paramLabel = "NAME", description = "How it is started.")
    private @Nullable String profile;

    RegisterCommand(Console console, HomeOptions home) {
        this.console = console;
        this.home = home;
    }

    @Override
    public void run() {
        Logs.quiet(System.getenv());
        Configuration configuration = Configuration.read(home.locate(), System.getenv()).orThrow();
        try (Hal0 hal0 = Hal0.open(configuration)) {
            ModelEntry model =
                    hal0.models()
                            .register(
                                    new NewModel(
                                            id,
                                            // The owner may stand in another folder.
                                            path == null ? null : path.toAbsolutePath().toString(),
                                            ref,
                                            upstream,
                                            Math.max(0, contextLength),
                                            capabilities,
                                            profile));
            console.err()
                    .println(
                            "Registered %s%s."
                                    .formatted(
                                            model.id(),
                                            model.sizeBytes() == 0
                                                    ? ""
                                                    : ": " + Amounts.bytes(model.sizeBytes())));
        }
    }
}
