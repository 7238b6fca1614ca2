package hal0.cli.providers;

import hal0.cli.console.CommandException;
import hal0.cli.console.Console;
import hal0.cli.console.ExitCode;
import hal0.cli.console.HomeOptions;
import hal0.cli.wiring.Configuration;
import hal0.cli.wiring.OwnerNotice;
import hal0.home.config.ConfigException;
import hal0.providers.config.Declared;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `hal0 providers remove ID`: takes a declaration out of its file.
@Command(
        name = "remove",
        description = "Remove a provider's declaration; everything else in the file stays.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  hal0 providers remove workstation",
            "  hal0 upstream remove openrouter"
        })
final class RemoveCommand implements Callable<Integer> {
    private final Console console;
    private final HomeOptions home;

    @Parameters(paramLabel = "ID", description = "The provider.")
    private String id = "";

    RemoveCommand(Console console, HomeOptions home) {
        this.console = console;
        this.home = home;
    }

    @Override
    public Integer call() throws IOException {
        Configuration configuration = Configuration.read(home.locate(), System.getenv()).orThrow();
        Declared declared = DeclaredTable.require(configuration, id);
        try {
            DeclaredTable.change(configuration, declared, (source, table) -> source.without(table));
        } catch (ConfigException e) {
            if (configuration.active().filter(a -> a.provider().equals(id)).isPresent()) {
                throw new CommandException(
                        ExitCode.CONFIGURATION,
                        "%s stays, because it is the active provider; choose another first: hal0 providers use ID"
                                .formatted(id));
            }
            throw new CommandException(
                    ExitCode.CONFIGURATION,
                    "%s stays, because without it the configuration would be wrong: %s"
                            .formatted(id, e.getMessage()));
        }
        console.err().println("Removed %s from %s.".formatted(id, declared.origin()));
        sayWhatIsLeft(configuration);
        OwnerNotice.send(configuration, console.err()::println);
        return ExitCode.DONE;
    }

    private void sayWhatIsLeft(Configuration configuration) {
        Optional<Declared> other =
                configuration.declared().stream().filter(d -> d.id().equals(id)).findFirst();
        if (other.isPresent()) {
            console.err().println("The one in %s counts now.".formatted(other.get().origin()));
        } else if (configuration.presets().find(id).isPresent()) {
            console.err()
                    .println(
                            "%s is still known as a preset; to switch it off: hal0 providers disable %s"
                                    .formatted(id, id));
        }
    }
}
