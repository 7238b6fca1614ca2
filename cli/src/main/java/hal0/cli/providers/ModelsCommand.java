package hal0.cli.providers;

import hal0.cli.console.CommandException;
import hal0.cli.console.Console;
import hal0.cli.console.ExitCode;
import hal0.cli.console.HomeOptions;
import hal0.cli.console.Listing;
import hal0.cli.console.Logs;
import hal0.cli.wiring.Configuration;
import hal0.cli.wiring.Hal0;
import hal0.cli.wiring.NamedProvider;
import hal0.providers.ModelInfo;
import hal0.providers.Provider;
import hal0.providers.listing.Listing.Failed;
import hal0.relay.control.ControlPlane;
import hal0.relay.control.ModelChoice;
import hal0.relay.control.ProviderModels;
import hal0.relay.control.ProviderModels.Ask;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `hal0 providers models ID`: what a provider offers, as it tells itself and as the catalog knows.
@Command(
        name = "models",
        description = "List a provider's models with their limits, abilities and prices.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Prices are USD per one million tokens. The provider is asked when its last list is"
                    + " older than five minutes; without an answer the last list and the catalog are"
                    + " shown.",
            "",
            "Examples:",
            "  hal0 providers models openrouter --refresh",
            "  hal0 providers models anthropic --json"
        })
final class ModelsCommand implements Runnable {
    private final Console console;
    private final HomeOptions home;

    @Parameters(paramLabel = "ID", description = "The provider.")
    private String id = "";

    @Option(names = "--refresh", description = "Ask the provider now.")
    private boolean refresh;

    @Option(names = "--json", description = "One JSON array.")
    private boolean json;

    ModelsCommand(Console console, HomeOptions home) {
        this.console = console;
        this.home = home;
    }

    @Override
    public void run() {
        Logs.quiet(System.getenv());
        Configuration configuration = Configuration.read(home.locate(), System.getenv()).orThrow();
        try (Hal0 hal0 = Hal0.open(configuration)) {
            Optional<ControlPlane> elsewhere = hal0.elsewhere();
            if (elsewhere.isEmpty()) {
                Provider _ = NamedProvider.of(configuration, id);
            }
            try (ControlPlane control = elsewhere.orElseGet(hal0.planes()::own)) {
                ProviderModels models = control.models(id, refresh ? Ask.NOW : Ask.OLD);
                if (models.failure() != null) {
                    warn(models.failure(), models.models());
                }
                print(models.models());
            }
        }
    }

    private void warn(Failed failed, List<ModelChoice> left) {
        if (left.isEmpty()) {
            throw new CommandException(ExitCode.of(failed.kind()), failed.message());
        }
        boolean listed = left.stream().anyMatch(ModelChoice::listed);
        console.err()
                .printf(
                        "warning: %s; shown is %s%n",
                        failed.message(), listed ? "its last list" : "what the catalog knows");
    }

    private void print(List<ModelChoice> models) {
        Listing listing =
                new Listing("id", "context", "max_output", "abilities", "usd_per_1m", "listed");
        for (ModelChoice choice : models) {
            ModelInfo info = choice.info();
            listing.row(
                    info.id(),
                    ModelCells.tokens(info.contextWindow()),
                    ModelCells.tokens(info.maxOutputTokens()),
                    ModelCells.abilities(info),
                    ModelCells.price(info, choice.local()),
                    choice.listed());
        }
        listing.print(console, json);
        if (listing.isEmpty() && !json) {
            console.err().println(id + " lists no models.");
        }
    }
}
