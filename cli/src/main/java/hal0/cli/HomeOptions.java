package hal0.cli;

import hal0.home.Home;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/// Which home a command works on.
final class HomeOptions {
    @Option(
            names = "--config-dir",
            paramLabel = "DIR",
            scope = ScopeType.INHERIT,
            description = "Folder with config.toml, instead of the usual one.")
    private @Nullable Path configDir;

    Home locate() {
        return Home.locate(System.getenv(), Path.of(System.getProperty("user.home")), configDir);
    }
}
