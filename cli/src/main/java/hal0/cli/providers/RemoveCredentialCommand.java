package hal0.cli.providers;

import hal0.cli.console.CommandException;
import hal0.cli.console.Console;
import hal0.cli.console.ExitCode;
import hal0.cli.console.HomeOptions;
import hal0.cli.wiring.Configuration;
import hal0.cli.wiring.Hal0;
import hal0.relay.control.ControlPlane;
import hal0.relay.control.Upstreams;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `hal0 providers credentials remove ID`: takes a key out of `api.env`.
@Command(
        name = "remove",
        description = "Take a provider's key out of api.env.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  hal0 providers credentials remove groq",
            "  hal0 providers credentials remove acme --name ACME_SECOND_KEY"
        })
final class RemoveCredentialCommand implements Callable<Integer> {
    private final Console console;
    private final HomeOptions home;

    @Parameters(paramLabel = "ID", description = "The provider.")
    private String id = "";

    @Option(
            names = "--name",
            paramLabel = "VAR",
            description = "Which of the provider's variables; the first by default.")
    private @Nullable String name;

    RemoveCredentialCommand(Console console, HomeOptions home) {
        this.console = console;
        this.home = home;
    }

    @Override
    public Integer call() {
        Configuration configuration = Configuration.read(home.locate(), System.getenv()).orThrow();
        try (Hal0 hal0 = Hal0.open(configuration)) {
            Optional<ControlPlane> elsewhere = hal0.elsewhere();
            if (elsewhere.isPresent()) {
                return removeThere(elsewhere.get().upstreams());
            }
        }
        Credential credential = Credential.of(configuration, id, name);
        boolean removed = credential.remove(console);
        if (!removed) {
            console.err()
                    .printf(
                            "%s does not stand in %s%n",
                            credential.variable(), configuration.home().envFile());
        }
        credential.warnOfEnvironment(console);
        return removed ? ExitCode.DONE : ExitCode.FAILED;
    }

    private int removeThere(Upstreams upstreams) {
        List<String> names = upstreams.one(id).keyNames();
        if (name == null && names.isEmpty()) {
            throw new CommandException(ExitCode.USAGE, id + " takes no key");
        }
        String variable = name == null ? names.getFirst() : name;
        boolean removed = upstreams.removeCredential(id, variable);
        console.err()
                .println(
                        removed
                                ? variable + " is taken out of api.env there"
                                : variable + " does not stand in api.env there");
        return removed ? ExitCode.DONE : ExitCode.FAILED;
    }
}
