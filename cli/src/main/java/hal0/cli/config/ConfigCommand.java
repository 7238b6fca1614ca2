package hal0.cli.config;

import hal0.cli.console.Console;
import hal0.cli.console.ExitCode;
import hal0.cli.console.HomeOptions;
import hal0.cli.wiring.Configuration;
import hal0.home.EnvFile;
import hal0.home.Home;
import hal0.home.config.ConfigProblem;
import hal0.home.config.Setting;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `hal0 config`: where the configuration is, what it says, and whether it is right.
@Command(
        name = "config",
        description = "Show and check the configuration.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  hal0 config path",
            "  hal0 config validate",
        })
public final class ConfigCommand {
    /// The group with its commands.
    public static CommandLine commandLine(Console console, HomeOptions home) {
        CommandLine group = new CommandLine(new ConfigCommand());
        group.addSubcommand(new PathCommand(console, home));
        group.addSubcommand(new ShowCommand(console, home));
        group.addSubcommand(new ValidateCommand(console, home));
        group.addSubcommand(new EditCommand(console, home));
        group.addSubcommand(new MigrateCommand(console, home));
        group.addSubcommand(new ImportCommand(console, home));
        return group;
    }

    @Command(
            name = "path",
            description = "Print where the files are.",
            mixinStandardHelpOptions = true,
            footer = {"", "Examples:", "  hal0 config path", "  $EDITOR \"$(hal0 config path)\""})
    static final class PathCommand implements Runnable {
        private final Console console;
        private final HomeOptions home;

        @Option(names = "--all", description = "All folders, not only config.toml.")
        private boolean all;

        PathCommand(Console console, HomeOptions home) {
            this.console = console;
            this.home = home;
        }

        @Override
        public void run() {
            Home at = home.locate();
            if (all) {
                console.out().println("config " + at.configFile());
                console.out().println("keys   " + at.envFile());
                console.out().println("data   " + at.data());
                console.out().println("state  " + at.state());
                console.out().println("log    " + at.logFile());
            } else {
                console.out().println(at.configFile());
            }
        }
    }

    @Command(
            name = "show",
            description = {
                "Print every key that has a value, and where that comes from; secrets are masked."
            },
            mixinStandardHelpOptions = true,
            footer = {"", "Examples:", "  hal0 config show", "  hal0 config show --json"})
    static final class ShowCommand implements Runnable {
        private final Console console;
        private final HomeOptions home;

        @Option(names = "--json", description = "One JSON array.")
        private boolean json;

        ShowCommand(Console console, HomeOptions home) {
            this.console = console;
            this.home = home;
        }

        @Override
        public void run() {
            Configuration configuration =
                    Configuration.read(home.locate(), System.getenv()).orThrow();
            configuration.leftOut().forEach(console::leftOut);
            List<Setting> settings =
                    configuration.shown().stream()
                            .filter(setting -> !setting.value().isEmpty())
                            .toList();
            if (json) {
                SettingsJson.write(settings, console.out());
                return;
            }
            int width = settings.stream().mapToInt(s -> s.path().length()).max().orElse(0);
            for (Setting setting : settings) {
                console.out()
                        .printf(
                                "%-" + Math.max(1, width) + "s = %s  # %s%n",
                                setting.path(),
                                setting.value(),
                                setting.origin());
            }
        }
    }

    @Command(
            name = "validate",
            description = "Check every file; exits 3 when one has an error.",
            mixinStandardHelpOptions = true,
            footer = {
                "",
                "Examples:",
                "  hal0 config validate",
                "  hal0 --config-dir ./config-examples config validate"
            })
    static final class ValidateCommand implements Callable<Integer> {
        private final Console console;
        private final HomeOptions home;

        ValidateCommand(Console console, HomeOptions home) {
            this.console = console;
            this.home = home;
        }

        @Override
        public Integer call() throws IOException {
            Home at = home.locate();
            boolean usable = true;
            List<ConfigProblem> found =
                    new ArrayList<>(Configuration.read(at, System.getenv()).problems());
            for (ConfigProblem problem : found) {
                console.problem(problem);
                usable &= problem.severity() == ConfigProblem.Severity.WARNING;
            }
            for (EnvFile.Problem problem : new EnvFile(at.envFile()).read().problems()) {
                console.err().println(problem);
                usable = false;
            }
            if (usable) {
                console.out().println(found.isEmpty() ? "No problems." : "Warnings only.");
            }
            return usable ? ExitCode.DONE : ExitCode.CONFIGURATION;
        }
    }
}
