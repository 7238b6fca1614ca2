package hal0.cli.providers;

import hal0.cli.console.CommandException;
import hal0.cli.console.Console;
import hal0.cli.console.ExitCode;
import hal0.cli.console.HomeOptions;
import hal0.cli.console.Logs;
import hal0.cli.wiring.Configuration;
import hal0.cli.wiring.Hal0;
import hal0.cli.wiring.NamedProvider;
import hal0.providers.Provider;
import hal0.relay.control.ControlPlane;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `hal0 providers use ID [MODEL]`: what answers where nobody names a model.
@Command(
        name = "use",
        description = {
            "Make a provider and one of its models the active ones, here and in a running hal0."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  hal0 providers use deepseek",
            "  hal0 providers use anthropic claude-sonnet-4-5"
        })
final class UseCommand implements Callable<Integer> {
    private final Console console;
    private final HomeOptions home;

    @Parameters(index = "0", paramLabel = "ID", description = "The provider.")
    private String id = "";

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "MODEL",
            description = "Its model; without one, its usual one.")
    private @Nullable String model;

    UseCommand(Console console, HomeOptions home) {
        this.console = console;
        this.home = home;
    }

    @Override
    public Integer call() {
        Logs.quiet(System.getenv());
        Configuration configuration = Configuration.read(home.locate(), System.getenv()).orThrow();
        try (Hal0 hal0 = Hal0.open(configuration)) {
            Optional<ControlPlane> elsewhere = hal0.elsewhere();
            if (elsewhere.isPresent()) {
                say(elsewhere.get().use(id, model));
                return ExitCode.DONE;
            }
        }
        Provider provider = NamedProvider.of(configuration, id);
        if (!provider.enabled()) {
            throw new CommandException(ExitCode.CONFIGURATION, whyOff(configuration));
        }
        try (Hal0 hal0 = Hal0.open(configuration);
                ControlPlane control = hal0.control()) {
            say(control.use(id, model));
        }
        if (!configuration.registry().hasWhatItNeeds(provider)) {
            console.err()
                    .println(
                            "warning: its key is not set: %s"
                                    .formatted(String.join(" or ", provider.keyNames())));
        }
        return ExitCode.DONE;
    }

    private void say(ControlPlane.Active active) {
        console.err().println("%s/%s is active.".formatted(active.provider(), active.model()));
    }

    private String whyOff(Configuration configuration) {
        return configuration.declared().stream()
                .filter(declared -> declared.id().equals(id))
                .flatMap(declared -> declared.problemsIn(configuration.leftOut()).stream())
                .findFirst()
                .map(problem -> "%s is declared wrongly: %s".formatted(id, problem))
                .orElse("%s is switched off; hal0 providers enable %s".formatted(id, id));
    }
}
