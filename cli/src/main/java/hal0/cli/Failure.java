package hal0.cli;

import hal0.agent.session.SessionException;
import hal0.cli.console.CommandException;
import hal0.cli.console.Console;
import hal0.cli.console.ExitCode;
import hal0.home.IoReason;
import hal0.home.config.ConfigException;
import hal0.home.store.StoreException;
import hal0.providers.error.ProviderException;
import hal0.relay.CannotListenException;
import hal0.relay.control.ControlException;
import hal0.relay.error.RelayException;
import hal0.slots.error.ModelException;
import java.io.IOException;

/// What a command throws, as a message and an exit code.
final class Failure {
    private static final System.Logger LOG = System.getLogger("hal0.cli");

    private Failure() {}

    static int told(Exception e, Console console) {
        console.out().flush();
        return switch (e) {
            case ConfigException config -> {
                config.problems().forEach(console::problem);
                yield ExitCode.CONFIGURATION;
            }
            case ProviderException provider ->
                    said(provider, ExitCode.of(provider.kind()), console);
            case ControlException control -> said(control, ExitCode.of(control.kind()), console);
            case SessionException session -> said(session, ExitCode.of(session.kind()), console);
            case ModelException model -> said(model, ExitCode.of(model.problem().kind()), console);
            case StoreException store -> said(store, ExitCode.FAILED, console);
            case CommandException command -> said(command, command.exitCode(), console);
            case RelayException refused ->
                    said(
                            refused,
                            refused.status() == 422 ? ExitCode.USAGE : ExitCode.FAILED,
                            console);
            case CannotListenException listen -> {
                console.err()
                        .printf(
                                "hal0: %s. Choose another address with --host and --port, or in [relay] of config.toml.%n",
                                listen.getMessage());
                yield ExitCode.FAILED;
            }
            case IOException io -> {
                console.err().println("hal0: " + IoReason.of(io));
                yield ExitCode.FAILED;
            }
            default -> {
                LOG.log(System.Logger.Level.ERROR, "a fault of hal0", e);
                console.err()
                        .println(
                                "hal0: a fault of hal0 itself (%s: %s). Please report it with what you did."
                                        .formatted(e.getClass().getSimpleName(), e.getMessage()));
                yield ExitCode.FAILED;
            }
        };
    }

    private static int said(Exception e, int code, Console console) {
        console.err().println("hal0: " + e.getMessage());
        return code;
    }
}
