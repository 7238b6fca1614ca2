package hal0.cli.keys;

import hal0.cli.console.Console;
import hal0.cli.console.ExitCode;
import hal0.cli.console.HomeOptions;
import hal0.cli.console.Logs;
import hal0.cli.wiring.Configuration;
import hal0.cli.wiring.Hal0;
import hal0.relay.error.Json;
import hal0.relay.guard.Allowance;
import hal0.relay.guard.Scope;
import hal0.relay.key.KeyControl;
import hal0.relay.key.KeyControl.Made;
import hal0.relay.key.KeyControl.Wish;
import hal0.relay.key.KeyJson;
import java.math.BigDecimal;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `hal0 keys create NAME`: makes a key and shows it, this once.
@Command(
        name = "create",
        description = {
            "Make a key for a client of the relay and print it; it is never shown again.",
            "With the first key, every client needs one."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  hal0 keys create phone --budget 5 --rpm 60",
            "  hal0 keys create ci --models 'openai/*' --models smart --tpm 200000 > ci.key"
        })
final class CreateCommand implements Callable<Integer> {
    private final Console console;
    private final HomeOptions home;

    @Parameters(paramLabel = "NAME", description = "What the key goes by in lists and reports.")
    private String name = "";

    @Option(
            names = "--scope",
            paramLabel = "SCOPE",
            defaultValue = "client",
            description =
                    "client (default): ask models; agent: and the tools of agents; admin: everything.")
    private Scope scope = Scope.CLIENT;

    @Option(
            names = "--budget",
            paramLabel = "USD",
            description = "What all its requests together may cost.")
    private @Nullable BigDecimal budget;

    @Option(names = "--rpm", paramLabel = "N", description = "Requests a minute.")
    private @Nullable Long rpm;

    @Option(names = "--tpm", paramLabel = "N", description = "Tokens a minute.")
    private @Nullable Long tpm;

    @Option(
            names = "--models",
            paramLabel = "GLOB",
            split = ",",
            description =
                    "Only models of such a name, where * stands for anything; may be repeated.")
    private List<String> models = List.of();

    @Option(names = "--json", description = "One JSON object with the key in it.")
    private boolean json;

    CreateCommand(Console console, HomeOptions home) {
        this.console = console;
        this.home = home;
    }

    @Override
    public Integer call() {
        Logs.quiet(System.getenv());
        Configuration configuration = Configuration.read(home.locate(), System.getenv()).orThrow();
        try (Hal0 hal0 = Hal0.open(configuration)) {
            KeyControl keys = hal0.keys();
            boolean first = keys.list().stream().allMatch(key -> key.launch());
            Made made =
                    keys.create(
                            new Wish(name, scope, new Allowance(models, rpm, tpm, budget), false));
            if (json) {
                console.out()
                        .writeBytes(Json.bytes(out -> KeyJson.write(out, made.info(), made.key())));
                console.out().println();
            } else {
                console.out().println(made.key());
            }
            console.err().println("This is the key \"%s\". It is shown only now.".formatted(name));
            if (first) {
                console.err()
                        .println(
                                "From now on every client of the relay needs a key, also on this machine."
                                        + " hal0 itself does not.");
            }
        }
        return ExitCode.DONE;
    }
}
