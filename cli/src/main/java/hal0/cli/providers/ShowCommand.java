package hal0.cli.providers;

import hal0.cli.console.Console;
import hal0.cli.console.HomeOptions;
import hal0.cli.console.Listing;
import hal0.cli.console.Listing.Cell;
import hal0.cli.wiring.Configuration;
import hal0.cli.wiring.NamedProvider;
import hal0.providers.Provider;
import hal0.providers.config.Declared;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `hal0 providers show ID`: all that is known of one provider without asking it.
@Command(
        name = "show",
        description =
                "Show what holds for a provider and where each value comes from, without asking it.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  hal0 providers show anthropic",
            "  hal0 providers show groq --json"
        })
final class ShowCommand implements Runnable {
    private final Console console;
    private final HomeOptions home;

    @Parameters(paramLabel = "ID", description = "The provider.")
    private String id = "";

    @Option(names = "--json", description = "One JSON array.")
    private boolean json;

    ShowCommand(Console console, HomeOptions home) {
        this.console = console;
        this.home = home;
    }

    @Override
    public void run() {
        Configuration configuration = Configuration.read(home.locate(), System.getenv()).orThrow();
        Provider provider = NamedProvider.of(configuration, id);
        Optional<Declared> declared =
                configuration.declared().stream().filter(d -> d.id().equals(id)).findFirst();
        Standing standing = Standing.of(provider, configuration);
        Listing listing = new Listing("key", "value", "origin");
        listing.row("id", provider.id(), standing.origin());
        listing.row("status", standing.status(), "");
        if (!standing.status().equals("wrong")) {
            ProviderFacts.of(
                            provider,
                            configuration.presets().find(id),
                            declared,
                            configuration.shown(),
                            name -> configuration.secrets().find(name).isPresent())
                    .forEach(fact -> listing.row(fact.key(), shown(fact), fact.origin()));
        }
        listing.print(console, json);
        declared.stream()
                .flatMap(entry -> entry.problemsIn(configuration.problems()).stream())
                .forEach(console::problem);
    }

    private static Cell shown(ProviderFacts.Fact fact) {
        return switch (fact.value()) {
            case null -> new Cell(null, "n/a");
            case List<?> list ->
                    new Cell(
                            list,
                            list.isEmpty()
                                    ? "-"
                                    : list.stream()
                                            .map(String::valueOf)
                                            .collect(Collectors.joining(", ")));
            case Object value -> Cell.of(value);
        };
    }
}
