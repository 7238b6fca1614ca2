package hal0.cli.providers;

import hal0.cli.console.Console;
import hal0.cli.console.HomeOptions;
import hal0.cli.console.Listing;
import hal0.cli.wiring.Configuration;
import hal0.cli.wiring.Hal0;
import hal0.cli.wiring.RelayAddress;
import hal0.home.Secrets;
import hal0.providers.Provider;
import hal0.relay.control.ProviderStatus.KeyState;
import hal0.relay.control.UpstreamStatus;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `hal0 providers credentials list`: which keys are set, and where; never the keys.
@Command(
        name = "list",
        description = "Show which keys are set and where they come from.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  hal0 providers credentials list",
            "  hal0 providers credentials list --all --json"
        })
final class ListCredentialsCommand implements Runnable {
    private final Console console;
    private final HomeOptions home;

    @Option(names = "--all", description = "Those that are not set too.")
    private boolean all;

    @Option(names = "--json", description = "One JSON array.")
    private boolean json;

    ListCredentialsCommand(Console console, HomeOptions home) {
        this.console = console;
        this.home = home;
    }

    @Override
    public void run() {
        Configuration configuration = Configuration.read(home.locate(), System.getenv()).orThrow();
        Listing listing = new Listing("provider", "variable", "set", "source");
        if (RelayAddress.isNamed(configuration)) {
            try (Hal0 hal0 = Hal0.open(configuration)) {
                hal0.elsewhere()
                        .orElseThrow()
                        .upstreams()
                        .all()
                        .forEach(told -> row(told, listing));
            }
        } else {
            here(configuration, listing);
        }
        listing.print(console, json);
        if (listing.isEmpty() && !json) {
            console.err().println("No key is set. See hal0 providers credentials set --help");
        }
    }

    /// A relay tells whether a provider has a key, and neither in which of several variables nor
    /// where that is set.
    private void row(UpstreamStatus told, Listing listing) {
        boolean set = told.keyState() == KeyState.SET;
        for (String variable : told.keyNames()) {
            if (set || all) {
                boolean sure = !set || told.keyNames().size() == 1;
                listing.row(
                        told.name(),
                        variable,
                        sure ? set : new Listing.Cell(null, "one of them"),
                        null);
            }
        }
    }

    private void here(Configuration configuration, Listing listing) {
        Map<String, Provider> providers = new LinkedHashMap<>();
        configuration.registry().declared().forEach(p -> providers.put(p.id(), p));
        configuration.presets().all().forEach(p -> providers.putIfAbsent(p.id(), p));
        for (Provider provider : providers.values()) {
            for (String variable : provider.keyNames()) {
                boolean set = configuration.secrets().find(variable).isPresent();
                if (set || all) {
                    listing.row(
                            provider.id(),
                            variable,
                            set,
                            source(configuration.secrets(), variable));
                }
            }
        }
    }

    private static String source(Secrets secrets, String variable) {
        boolean inFile = secrets.namesInFile().contains(variable);
        String inherited = System.getenv(variable);
        if (inherited == null || inherited.isEmpty()) {
            return inFile ? "api.env" : "-";
        }
        if (!inFile) {
            return "environment";
        }
        return secrets.differing().contains(variable)
                ? "environment (api.env has another)"
                : "environment, api.env";
    }
}
