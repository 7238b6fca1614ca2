package hal0.cli.config;

import hal0.cli.console.CommandException;
import hal0.cli.console.Console;
import hal0.cli.console.ExitCode;
import hal0.cli.console.HomeOptions;
import hal0.cli.wiring.Configuration;
import hal0.cli.wiring.OwnerNotice;
import hal0.home.Home;
import hal0.home.config.TomlSource;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `hal0 config migrate`: from the old `[provider]` table to today's form.
@Command(
        name = "migrate",
        description = {
            "Bring the old [provider] table into today's form, comments of the rest kept.",
            "Shows the difference; --yes writes it."
        },
        mixinStandardHelpOptions = true,
        footer = {"", "Examples:", "  hal0 config migrate", "  hal0 config migrate --yes"})
final class MigrateCommand implements Callable<Integer> {
    private final Console console;
    private final HomeOptions home;

    @Option(names = "--yes", description = "Write it.")
    private boolean yes;

    MigrateCommand(Console console, HomeOptions home) {
        this.console = console;
        this.home = home;
    }

    @Override
    public Integer call() throws IOException {
        Home at = home.locate();
        Configuration configuration = Configuration.read(at, System.getenv()).orThrow();
        String text = Files.exists(at.configFile()) ? Files.readString(at.configFile()) : "";
        TomlSource source = new TomlSource("config.toml", text);
        Optional<Migration> found = Migration.of(source, configuration.presets());
        if (found.isEmpty()) {
            console.err()
                    .println("There is no old [provider] table in %s.".formatted(at.configFile()));
            return ExitCode.DONE;
        }
        Migration migration = found.get();
        for (String line : LineDiff.of(text, migration.after().text())) {
            console.out().println(masked(line, migration.key()));
        }
        if (migration.keyName() != null) {
            console.err()
                    .println(
                            "The key moves to %s as %s."
                                    .formatted(at.envFile(), migration.keyName()));
        }
        if (!yes) {
            console.err().println("Nothing is written yet; hal0 config migrate --yes writes it.");
            return ExitCode.DONE;
        }
        write(configuration, migration);
        console.err().println("Written to %s.".formatted(at.configFile()));
        OwnerNotice.send(configuration, console.err()::println);
        return ExitCode.DONE;
    }

    private static String masked(String line, @Nullable String secret) {
        return secret == null ? line : line.replace(secret, "***REDACTED***");
    }

    /// The key first: without it the new form would not work.
    private static void write(Configuration configuration, Migration migration) throws IOException {
        String name = migration.keyName();
        String key = migration.key();
        if (name != null && key != null) {
            requireFree(configuration, name, key);
            try {
                configuration.secrets().set(name, key);
            } catch (IllegalArgumentException e) {
                throw new CommandException(ExitCode.CONFIGURATION, String.valueOf(e.getMessage()));
            }
        }
        configuration.change(
                configuration.home().configFile(),
                now ->
                        Migration.of(now, configuration.presets())
                                .map(Migration::after)
                                .orElse(now));
    }

    private static void requireFree(Configuration configuration, String name, String key) {
        boolean other =
                configuration.secrets().namesInFile().contains(name)
                        && configuration.secrets().find(name).filter(key::equals).isEmpty();
        if (other) {
            throw new CommandException(
                    ExitCode.CONFIGURATION,
                    "api.env has another value for %s; put the right one there and remove api_key from [provider] first"
                            .formatted(name));
        }
    }
}
