package hal0.cli.console;

import hal0.home.Home;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/// Which home a command works on.
public final class HomeOptions {
    @Option(
            names = "--config-dir",
            paramLabel = "DIR",
            scope = ScopeType.INHERIT,
            description = "Folder with config.toml, instead of the usual one.")
    private @Nullable Path configDir;

    /// **Errors** [CommandException] for a folder that is not there: most likely it is misspelt.
    public Home locate() {
        if (configDir != null && !Files.isDirectory(configDir)) {
            throw new CommandException(
                    ExitCode.USAGE, "there is no folder %s (--config-dir)".formatted(configDir));
        }
        return Home.locate(System.getenv(), userHome(System.getenv()), configDir);
    }

    /// What `~` means in a shell. Java's own notion comes from the user database and misses it
    /// under sudo and in containers.
    private static Path userHome(Map<String, String> environment) {
        String named = environment.getOrDefault("HOME", "");
        return Path.of(named.isEmpty() ? System.getProperty("user.home") : named);
    }
}
