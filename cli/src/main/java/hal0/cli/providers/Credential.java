package hal0.cli.providers;

import hal0.cli.console.CommandException;
import hal0.cli.console.Console;
import hal0.cli.console.ExitCode;
import hal0.cli.wiring.Configuration;
import hal0.cli.wiring.Hal0;
import hal0.cli.wiring.NamedProvider;
import hal0.cli.wiring.OwnerNotice;
import hal0.providers.Provider;
import hal0.providers.Secret;
import hal0.relay.control.ControlException;
import hal0.relay.control.Refusal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One variable that holds a provider's key, and the file that it stands in.
///
/// **Shape** a change is written to `api.env` and told to the owner of the home, where one runs.
/// **Threads** one.
record Credential(Configuration configuration, String provider, String variable) {

    /// The variable of a provider: its only one, or the one that is named.
    ///
    /// **Errors** [CommandException] where there is none, or several to choose from.
    static Credential of(Configuration configuration, String id, @Nullable String name) {
        Provider provider = NamedProvider.of(configuration, id);
        List<String> names = provider.keyNames();
        if (names.isEmpty()) {
            throw new CommandException(
                    ExitCode.CONFIGURATION,
                    "%s names no variable for its key; set api_key_env under [providers.%s] in config.toml"
                            .formatted(id, id));
        }
        if (name == null) {
            return new Credential(configuration, id, names.getFirst());
        }
        if (!names.contains(name)) {
            throw new CommandException(
                    ExitCode.USAGE,
                    "%s does not read %s; it reads %s"
                            .formatted(id, name, String.join(", ", names)));
        }
        return new Credential(configuration, id, name);
    }

    /// Writes the value; the running hal0 uses it from now on.
    void set(String value, Console console) {
        try (Hal0 hal0 = Hal0.open(configuration)) {
            hal0.ownUpstreams().setCredential(provider, variable, new Secret(value));
        } catch (ControlException e) {
            throw e.refusal() == Refusal.INVALID
                    ? new CommandException(ExitCode.USAGE, String.valueOf(e.getMessage()))
                    : e;
        }
        console.out().printf("%s is written to %s%n", variable, configuration.home().envFile());
        OwnerNotice.send(configuration, console.err()::println);
    }

    /// Removes the value; whether there was one.
    boolean remove(Console console) {
        if (!configuration.secrets().namesInFile().contains(variable)) {
            return false;
        }
        try (Hal0 hal0 = Hal0.open(configuration)) {
            var _ = hal0.ownUpstreams().removeCredential(provider, variable);
        }
        console.out().printf("%s is removed from %s%n", variable, configuration.home().envFile());
        OwnerNotice.send(configuration, console.err()::println);
        return true;
    }

    /// Warns of a variable in this environment that the next start will use instead of the file.
    void warnOfEnvironment(Console console) {
        String inherited = System.getenv(variable);
        if (inherited != null && !inherited.isEmpty()) {
            console.err()
                    .printf(
                            "warning: %s is set in this environment too, and a hal0 that is started here uses that one; unset it to use the file%n",
                            variable);
        }
    }
}
