package hal0.cli;

import hal0.cli.console.CommandException;
import hal0.cli.console.Console;
import hal0.cli.console.ExitCode;
import hal0.cli.console.HomeOptions;
import hal0.cli.console.Interrupt;
import hal0.cli.console.Logs;
import hal0.cli.console.ModelOptions;
import hal0.cli.wiring.Configuration;
import hal0.cli.wiring.Screen;
import hal0.home.Version;
import hal0.providers.http.CancelToken;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `hal0`: the full-screen client, with the relay inside.
@Command(
        name = "hal0",
        description = {
            "Terminal client and local relay for language models.",
            "Without a command: the full-screen client, with the relay inside."
        },
        mixinStandardHelpOptions = true,
        versionProvider = HomeCommand.VersionOfHal0.class,
        footer = {
            "",
            "Examples:",
            "  hal0",
            "  hal0 --provider groq --model llama-3.3-70b-versatile",
            "",
            "Exit codes: 0 done, 1 failed, 2 usage, 3 configuration, 4 provider, 6 budget reached,"
                    + " 7 nothing could be checked, 130 interrupted."
        })
final class HomeCommand implements Callable<Integer> {
    /// Open streams of other programs may take ten seconds to end.
    private static final long STOP_SECONDS = 20;

    @Mixin private final HomeOptions home;
    @Mixin private final ModelOptions models = new ModelOptions();

    @Option(
            names = "--no-relay",
            description = "Do not listen: no other program can use this hal0.")
    private boolean noRelay;

    @Option(
            names = "--relay-port",
            paramLabel = "PORT",
            description = "Port of the relay; [relay] port by default.")
    private @Nullable Integer relayPort;

    HomeCommand(HomeOptions home) {
        this.home = home;
    }

    /// Asks the jar, as `--version` alone does.
    static final class VersionOfHal0 implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"hal0 " + Version.current()};
        }
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (relayPort != null && (relayPort < 0 || relayPort > 65535)) {
            throw new CommandException(ExitCode.USAGE, "--relay-port is a number from 0 to 65535");
        }
        if (!Console.isTerminal(0) || !Console.isTerminal(1)) {
            throw new CommandException(
                    ExitCode.USAGE,
                    "the full-screen client needs a terminal; for one answer use: hal0 ask \"…\"");
        }
        Configuration configuration = Configuration.read(home.locate(), System.getenv()).orThrow();
        configuration.home().createFolders();
        Logs.toFile(configuration.home().logFile(), System.getenv());
        // The screen restores the terminal by itself; this waits until everything else has ended.
        try (Interrupt _ = Interrupt.cancels(new CancelToken(), STOP_SECONDS)) {
            Screen.Wish wish = new Screen.Wish(models.choice(), noRelay, relayPort);
            return switch (Screen.run(configuration, wish, System.getenv())) {
                case LEFT, TERMINAL_GONE -> ExitCode.DONE;
                case INTERRUPTED, TERMINATED -> ExitCode.INTERRUPTED;
            };
        }
    }
}
