package hal0.cli.providers;

import hal0.cli.console.CommandException;
import hal0.cli.console.ExitCode;
import hal0.cli.wiring.Configuration;
import hal0.cli.wiring.NamedProvider;
import hal0.home.Home;
import hal0.home.config.TomlSource;
import hal0.providers.config.Declared;
import hal0.providers.config.UpstreamsSection;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.BiFunction;

/// The table that declares a provider, in whichever file that is.
final class DeclaredTable {
    private DeclaredTable() {}

    /// **Errors** [CommandException] when no file declares it in a form that can be edited.
    static Declared require(Configuration configuration, String id) {
        return find(configuration, id).orElseThrow(() -> undeclared(configuration, id));
    }

    static Optional<Declared> find(Configuration configuration, String id) {
        if (configuration.old().filter(old -> old.provider().id().equals(id)).isPresent()) {
            throw OldTable.exception(id);
        }
        return configuration.declared().stream().filter(d -> d.id().equals(id)).findFirst();
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

    /// **Shape** `edit` gets the text of the file as it is when it is written, and the path of the
    /// table in it.
    static void change(
            Configuration configuration,
            Declared declared,
            BiFunction<TomlSource, String, TomlSource> edit)
            throws IOException {
        configuration.change(
                fileOf(configuration.home(), declared),
                source ->
                        configuration
                                .in(source, declared.id())
                                .map(found -> edit.apply(source, found.path()))
                                .orElse(source));
    }

    private static Path fileOf(Home home, Declared declared) {
        return declared.file().equals(UpstreamsSection.FILE)
                ? home.upstreamsFile()
                : home.configFile();
    }
}
