package hal0.cli.providers;

import hal0.cli.console.Console;
import hal0.cli.console.ExitCode;
import hal0.cli.console.HomeOptions;
import hal0.cli.wiring.Configuration;
import hal0.cli.wiring.Hal0;
import hal0.cli.wiring.NamedProvider;
import hal0.cli.wiring.OwnerNotice;
import hal0.providers.config.Declared;
import hal0.relay.control.ControlPlane;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `hal0 providers enable|disable ID`: whether anything is routed to a provider.
abstract sealed class SwitchCommand implements Callable<Integer> {
    private final Console console;
    private final HomeOptions home;
    private final boolean enabled;

    @Parameters(paramLabel = "ID", description = "The provider.")
    private String id = "";

    private SwitchCommand(Console console, HomeOptions home, boolean enabled) {
        this.console = console;
        this.home = home;
        this.enabled = enabled;
    }

    @Command(
            name = "enable",
            description = "Use a provider again.",
            mixinStandardHelpOptions = true,
            footer = {
                "",
                "Examples:",
                "  hal0 providers enable workstation",
                "  hal0 providers enable groq"
            })
    static final class Enable extends SwitchCommand {
        Enable(Console console, HomeOptions home) {
            super(console, home, true);
        }
    }

    @Command(
            name = "disable",
            description = "Keep a provider's declaration and do not use it.",
            mixinStandardHelpOptions = true,
            footer = {
                "",
                "Examples:",
                "  hal0 providers disable workstation",
                "  hal0 providers disable openai"
            })
    static final class Disable extends SwitchCommand {
        Disable(Console console, HomeOptions home) {
            super(console, home, false);
        }
    }

    @Override
    public Integer call() {
        Configuration configuration = Configuration.read(home.locate(), System.getenv()).orThrow();
        try (Hal0 hal0 = Hal0.open(configuration)) {
            Optional<ControlPlane> elsewhere = hal0.elsewhere();
            if (elsewhere.isPresent()) {
                var _ = elsewhere.get().upstreams().change(id, Map.of("enabled", enabled), false);
                console.err().println("%s is %s.".formatted(id, word()));
                return ExitCode.DONE;
            }
            if (isSo(hal0)) {
                console.err().println("%s is %s already.".formatted(id, word()));
                return ExitCode.DONE;
            }
            hal0.declarations().enable(id, enabled);
        }
        console.err().println("%s is %s.".formatted(id, word()));
        if (!enabled && configuration.active().filter(a -> a.provider().equals(id)).isPresent()) {
            console.err()
                    .println(
                            "warning: it is the active one, so nothing answers where no model is named; choose another: hal0 providers use ID");
        }
        OwnerNotice.send(configuration, console.err()::println);
        return ExitCode.DONE;
    }

    private boolean isSo(Hal0 hal0) {
        Optional<Declared> declared = hal0.declarations().find(id);
        boolean wrong = declared.filter(d -> d.state() == Declared.State.WRONG).isPresent();
        return !wrong && NamedProvider.of(hal0.configuration(), id).enabled() == enabled;
    }

    private String word() {
        return enabled ? "enabled" : "disabled";
    }
}
