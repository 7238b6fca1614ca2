package hal0.cli.providers;

import hal0.cli.console.Console;
import hal0.cli.console.HomeOptions;
import hal0.cli.console.Listing;
import hal0.cli.console.Listing.Cell;
import hal0.cli.wiring.Configuration;
import hal0.providers.Provider;
import hal0.providers.ProviderRegistry;
import hal0.providers.message.Protocol;
import hal0.slots.definition.Definition;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `hal0 providers list`: what is declared, and with `--all` every preset.
@Command(
        name = "list",
        description =
                "List the declared providers, the presets that have their key, and the slots of this machine.",
        mixinStandardHelpOptions = true,
        footer = {"", "Examples:", "  hal0 providers list", "  hal0 providers list --all --json"})
final class ListCommand implements Runnable {
    private final Console console;
    private final HomeOptions home;

    @Option(names = "--all", description = "Every preset too.")
    private boolean all;

    @Option(names = "--json", description = "One JSON array.")
    private boolean json;

    ListCommand(Console console, HomeOptions home) {
        this.console = console;
        this.home = home;
    }

    /// Slots are asked by their names as providers are; a provider of the same name comes first.
    private static void slots(
            Configuration configuration, Map<String, Provider> shown, Listing listing) {
        for (Definition slot : configuration.slots().definitions().all()) {
            if (!shown.containsKey(slot.name())) {
                listing.row(
                        slot.name(),
                        Protocol.OPENAI.shortName(),
                        null,
                        "not needed",
                        "on",
                        new Cell(false, ""),
                        "slots/%s.toml".formatted(slot.name()));
            }
        }
    }

    @Override
    public void run() {
        Configuration configuration = Configuration.read(home.locate(), System.getenv()).orThrow();
        configuration.leftOut().forEach(console::leftOut);
        ProviderRegistry registry = configuration.registry();
        String active = configuration.active().map(a -> a.provider()).orElse("");
        Map<String, Provider> shown = new LinkedHashMap<>();
        registry.declared().forEach(provider -> shown.put(provider.id(), provider));
        for (Provider preset : configuration.presets().all()) {
            if (all || registry.hasKey(preset) || preset.id().equals(active)) {
                shown.putIfAbsent(preset.id(), preset);
            }
        }
        Listing listing =
                new Listing("id", "protocol", "base_url", "key", "status", "active", "origin");
        for (Provider provider : shown.values()) {
            Standing standing = Standing.of(provider, configuration);
            boolean known = !standing.status().equals("wrong");
            listing.row(
                    provider.id(),
                    known ? provider.protocol().shortName() : null,
                    known ? provider.baseUrl().toString() : null,
                    known ? standing.key() : null,
                    standing.status(),
                    new Cell(provider.id().equals(active), provider.id().equals(active) ? "*" : ""),
                    standing.origin());
        }
        slots(configuration, shown, listing);
        listing.print(console, json);
        if (listing.isEmpty() && !json) {
            console.err()
                    .println(
                            "No provider is declared and no preset has its key. See hal0 providers"
                                    + " list --all");
        }
    }
}
