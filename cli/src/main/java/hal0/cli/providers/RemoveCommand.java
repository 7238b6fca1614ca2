package hal0.cli.providers;

import hal0.cli.console.CommandException;
import hal0.cli.console.Console;
import hal0.cli.console.ExitCode;
import hal0.cli.console.HomeOptions;
import hal0.cli.wiring.Configuration;
import hal0.cli.wiring.Hal0;
import hal0.cli.wiring.OwnerNotice;
import hal0.providers.config.Declared;
import hal0.relay.control.ControlException;
import hal0.relay.control.ControlPlane;
import hal0.relay.control.Refusal;
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
    public Integer call() {
        Configuration configuration = Configuration.read(home.locate(), System.getenv()).orThrow();
        try (Hal0 hal0 = Hal0.open(configuration)) {
            Optional<ControlPlane> elsewhere = hal0.elsewhere();
            if (elsewhere.isPresent()) {
                elsewhere.get().upstreams().remove(id);
                console.err().println("Removed %s.".formatted(id));
                return ExitCode.DONE;
            }
            Declared declared = DeclaredTable.require(hal0, id);
            removeHere(hal0, declared);
            console.err().println("Removed %s from %s.".formatted(id, declared.origin()));
        }
        sayWhatIsLeft(configuration);
        OwnerNotice.send(configuration, console.err()::println);
        return ExitCode.DONE;
    }

    private void removeHere(Hal0 hal0, Declared declared) {
        try {
            hal0.declarations().remove(declared);
        } catch (ControlException e) {
            if (e.refusal() != Refusal.INVALID) {
                throw e;
            }
            if (hal0.configuration().active().filter(a -> a.provider().equals(id)).isPresent()) {
                throw new CommandException(
                        ExitCode.CONFIGURATION,
                        "%s stays, because it is the active provider; choose another first: hal0 providers use ID"
                                .formatted(id));
            }
            throw new CommandException(
                    ExitCode.CONFIGURATION, "%s stays: %s".formatted(id, e.getMessage()));
        }
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
