package hal0.cli.providers;

import hal0.cli.console.Console;
import hal0.cli.console.HomeOptions;
import hal0.cli.console.Listing;
import hal0.cli.console.Listing.Cell;
import hal0.cli.console.TerminalText;
import hal0.cli.wiring.Configuration;
import hal0.cli.wiring.Hal0;
import hal0.cli.wiring.RelayAddress;
import hal0.providers.Provider;
import hal0.providers.ProviderRegistry;
import hal0.providers.message.Protocol;
import hal0.relay.control.ControlPlane;
import hal0.relay.control.ProviderStatus.KeyState;
import hal0.relay.control.UpstreamStatus;
import hal0.relay.control.UpstreamStatuses;
import hal0.slots.definition.Definition;
import java.util.Arrays;
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
        Listing listing =
                new Listing("id", "protocol", "base_url", "key", "status", "active", "origin");
        if (RelayAddress.isNamed(configuration)) {
            try (Hal0 hal0 = Hal0.open(configuration);
                    ControlPlane there = hal0.elsewhere().orElseThrow()) {
                there(there, listing);
            }
        } else {
            configuration.leftOut().forEach(console::leftOut);
            here(configuration, listing);
        }
        listing.print(console, json);
        if (listing.isEmpty() && !json) {
            console.err()
                    .println(
                            "No provider is declared and no preset has its key. See hal0 providers"
                                    + " list --all");
        }
    }

    private void here(Configuration configuration, Listing listing) {
        ProviderRegistry registry = configuration.registry();
        String active = configuration.active().map(a -> a.provider()).orElse("");
        Map<String, Provider> shown = new LinkedHashMap<>();
        registry.declared().forEach(provider -> shown.put(provider.id(), provider));
        for (Provider preset : configuration.presets().all()) {
            if (all || registry.hasKey(preset) || preset.id().equals(active)) {
                shown.putIfAbsent(preset.id(), preset);
            }
        }
        for (Provider provider : shown.values()) {
            row(
                    listing,
                    provider.id(),
                    provider.protocol().shortName(),
                    provider.baseUrl().toString(),
                    Standing.of(provider, configuration),
                    provider.id().equals(active));
        }
        slots(configuration, shown, listing);
    }

    private void there(ControlPlane control, Listing listing) {
        String active = control.active().map(ControlPlane.Active::provider).orElse("");
        for (UpstreamStatus told : control.upstreams().all()) {
            boolean isActive = told.name().equals(active);
            if (all
                    || isActive
                    || told.keyState() == KeyState.SET
                    || !told.source().equals(UpstreamStatuses.PRESET)) {
                row(
                        listing,
                        told.name(),
                        shortName(told.protocol()),
                        told.url(),
                        Standing.of(told),
                        isActive);
            }
            if (told.problem() != null) {
                console.err().println(TerminalText.oneLine(told.problem()));
            }
        }
    }

    private static String shortName(String key) {
        return Arrays.stream(Protocol.values())
                .filter(protocol -> protocol.key().equals(key))
                .map(Protocol::shortName)
                .findFirst()
                .orElse(key);
    }

    private static void row(
            Listing listing,
            String id,
            String protocol,
            String url,
            Standing standing,
            boolean active) {
        listing.row(
                id,
                standing.isWrong() ? null : protocol,
                standing.isWrong() ? null : url,
                standing.isWrong() ? null : standing.key(),
                standing.status(),
                new Cell(active, active ? "*" : ""),
                standing.origin());
    }
}
