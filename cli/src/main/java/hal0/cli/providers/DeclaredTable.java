package hal0.cli.providers;

import hal0.cli.console.CommandException;
import hal0.cli.console.ExitCode;
import hal0.cli.wiring.Configuration;
import hal0.cli.wiring.Hal0;
import hal0.cli.wiring.NamedProvider;
import hal0.providers.config.Declared;

/// The table that declares a provider, in whichever file that is.
final class DeclaredTable {
    private DeclaredTable() {}

    /// **Errors** [CommandException] when no file declares it in a form that can be edited.
    static Declared require(Hal0 hal0, String id) {
        return hal0.declarations().find(id).orElseThrow(() -> undeclared(hal0.configuration(), id));
    }

    private static CommandException undeclared(Configuration configuration, String id) {
        // Says which name was probably meant, where it is nothing else either.
        Standing standing = Standing.of(NamedProvider.of(configuration, id), configuration);
        if (standing.origin().endsWith(".lua")) {
            return new CommandException(
                    ExitCode.CONFIGURATION,
                    "%s is declared by its script: remove %s"
                            .formatted(
                                    id, configuration.home().config().resolve(standing.origin())));
        }
        return new CommandException(
                ExitCode.CONFIGURATION,
                "%s is a preset and no file declares it, so there is nothing to remove; to switch it off: hal0 providers disable %s"
                        .formatted(id, id));
    }
}
