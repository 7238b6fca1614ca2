package hal0.cli.providers;

import hal0.cli.console.Console;
import hal0.cli.console.HomeOptions;
import hal0.cli.console.Listing;
import hal0.cli.console.Listing.Cell;
import hal0.cli.console.TerminalText;
import hal0.cli.wiring.Configuration;
import hal0.cli.wiring.Hal0;
import hal0.cli.wiring.NamedProvider;
import hal0.providers.Provider;
import hal0.relay.control.ControlPlane;
import hal0.relay.control.ProviderFacts;
import hal0.relay.control.UpstreamStatus;
import hal0.relay.control.Upstreams;
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
        try (Hal0 hal0 = Hal0.open(configuration)) {
            Optional<ControlPlane> elsewhere = hal0.elsewhere();
            Listing listing = new Listing("key", "value", "origin");
            if (elsewhere.isPresent()) {
                Upstreams upstreams = elsewhere.get().upstreams();
                UpstreamStatus status = upstreams.one(id);
                show(listing, Standing.of(status), upstreams.facts(id));
                if (status.problem() != null) {
                    console.err().println(TerminalText.oneLine(status.problem()));
                }
                return;
            }
            Provider provider = NamedProvider.of(configuration, id);
            show(listing, Standing.of(provider, configuration), hal0.ownUpstreams().facts(id));
        }
        configuration.declared().stream()
                .filter(declared -> declared.id().equals(id))
                .flatMap(declared -> declared.problemsIn(configuration.problems()).stream())
                .forEach(console::problem);
    }

    private void show(Listing listing, Standing standing, List<ProviderFacts.Fact> facts) {
        listing.row("id", id, standing.origin());
        listing.row("status", standing.status(), "");
        facts.forEach(fact -> listing.row(fact.key(), shown(fact), fact.origin()));
        listing.print(console, json);
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
