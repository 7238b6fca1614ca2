package hal0.cli.chat;

import hal0.agent.session.Sessions;
import hal0.agent.session.StoredSessions;
import hal0.cli.console.CommandException;
import hal0.cli.console.Console;
import hal0.cli.console.ExitCode;
import hal0.cli.console.HomeOptions;
import hal0.cli.console.Interrupt;
import hal0.cli.console.Logs;
import hal0.cli.doctor.ScreenCheckup;
import hal0.cli.wiring.Configuration;
import hal0.cli.wiring.Screen;
import hal0.providers.http.CancelToken;
import hal0.tui.BrokenScreenException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/// Opens the full-screen client on the terminal of this process.
public final class FullScreen {
    /// Open streams of other programs may take ten seconds to end.
    private static final long STOP_SECONDS = 20;

    private FullScreen() {}

    /// Runs until the user leaves; gives back the exit code.
    ///
    /// **Errors** [CommandException] without a terminal.
    public static int run(HomeOptions home, ChatOptions options)
            throws IOException, InterruptedException {
        Integer port = options.relayPort();
        String session = options.session(stored(home), cwd());
        return run(
                home,
                new Screen.Wish(
                        options.models().choice(),
                        options.noRelay(),
                        port,
                        session,
                        options.inline(),
                        ScreenCheckup::of));
    }

    /// Goes on with the session that is meant, with the latest of this folder for null.
    public static int resume(HomeOptions home, @Nullable String named)
            throws IOException, InterruptedException {
        StoredSessions stored = stored(home);
        String session = named == null ? ChatOptions.latestOf(stored, cwd()) : stored.find(named);
        return run(
                home,
                new Screen.Wish(
                        new ChatOptions().models().choice(),
                        false,
                        null,
                        session,
                        null,
                        ScreenCheckup::of));
    }

    private static int run(HomeOptions home, Screen.Wish wish)
            throws IOException, InterruptedException {
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
            return switch (Screen.run(configuration, wish, System.getenv())) {
                case LEFT, TERMINAL_GONE -> ExitCode.DONE;
                case INTERRUPTED, TERMINATED -> ExitCode.INTERRUPTED;
            };
        } catch (BrokenScreenException e) {
            throw broken(e, configuration.home().logFile());
        }
    }

    private static CommandException broken(BrokenScreenException fault, Path log) {
        String kept =
                fault.session().isEmpty()
                        ? ""
                        : " The conversation is kept: hal0 -r %s goes on with it."
                                .formatted(fault.session());
        return new CommandException(
                ExitCode.FAILED,
                "a fault of hal0 itself (%s). The log says more, and is what to report it with: %s.%s"
                        .formatted(fault.getMessage(), log, kept));
    }

    private static StoredSessions stored(HomeOptions home) {
        return new Sessions(home.locate().sessionsFolder(), InstantSource.system()).stored();
    }

    private static String cwd() {
        return Path.of("").toAbsolutePath().toString();
    }
}
