package hal0.cli.providers;

import hal0.cli.console.CommandException;
import hal0.cli.console.Console;
import hal0.cli.console.ExitCode;
import hal0.cli.console.HomeOptions;
import hal0.cli.wiring.Configuration;
import hal0.home.config.Nearest;
import hal0.providers.Provider;
import hal0.providers.ProviderRegistry;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `hal0 providers show ID`: all that is known of one provider without asking it.
@Command(
        name = "show",
        description = "Show what is known of a provider, without asking it.",
        mixinStandardHelpOptions = true,
        footer = {"", "Examples:", "  hal0 providers show anthropic", "  hal0 providers show demo"})
final class ShowCommand implements Runnable {
    private final Console console;
    private final HomeOptions home;

    @Parameters(paramLabel = "ID", description = "The provider.")
    private String id = "";

    ShowCommand(Console console, HomeOptions home) {
        this.console = console;
        this.home = home;
    }

    @Override
    public void run() {
        Configuration configuration = Configuration.read(home.locate(), System.getenv()).orThrow();
        Provider provider = find(configuration, id);
        line("id", provider.id());
        line("protocol", provider.protocol().key());
        line("base_url", provider.baseUrl().toString());
        line("key", String.join(", ", provider.keyNames()));
        line("enabled", String.valueOf(provider.enabled()));
    }

    private void line(String key, String value) {
        console.out().printf("%-10s %s%n", key, value);
    }

    /// The provider of that id.
    ///
    /// **Errors** [CommandException] that names the nearest id.
    static Provider find(Configuration configuration, String id) {
        ProviderRegistry registry = configuration.registry();
        return registry.find(id).orElseThrow(() -> unknown(configuration, id));
    }

    private static CommandException unknown(Configuration configuration, String id) {
        List<String> ids = new ArrayList<>();
        configuration.registry().declared().forEach(provider -> ids.add(provider.id()));
        configuration.presets().all().forEach(provider -> ids.add(provider.id()));
        String nearest = Nearest.to(id, ids);
        return new CommandException(
                ExitCode.CONFIGURATION,
                "there is no provider \"%s\"%s; hal0 providers list --all shows them"
                        .formatted(
                                id,
                                nearest == null
                                        ? ""
                                        : " (did you mean \"%s\"?)".formatted(nearest)));
    }
}
