package hal0.cli.chat;

import hal0.agent.session.Sessions;
import hal0.agent.session.StoredSessions;
import hal0.cli.console.CommandException;
import hal0.cli.console.Console;
import hal0.cli.console.ExitCode;
import hal0.cli.console.HomeOptions;
import hal0.cli.console.Interrupt;
import hal0.cli.console.Logs;
import hal0.cli.doctor.Doctor;
import hal0.cli.wiring.Configuration;
import hal0.cli.wiring.Screen;
import hal0.providers.http.CancelToken;
import hal0.tui.BrokenScreenException;
import hal0.tui.Opening;
import hal0.tui.Tui;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
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
        Screen.Wish wish =
                new Screen.Wish(
                        options.models().choice(),
                        options.noRelay(),
                        port,
                        session,
                        options.inline(),
                        new Doctor());
        return run(home, wish, options.plain());
    }

    /// Goes on with the session that is meant, with the latest of this folder for null.
    public static int resume(HomeOptions home, @Nullable String named)
            throws IOException, InterruptedException {
        StoredSessions stored = stored(home);
        String session =
                named == null
                        ? ChatOptions.latestOf(stored, cwd())
                        : stored.find(named, Path.of(cwd()));
        return run(
                home,
                new Screen.Wish(
                        new ChatOptions().models().choice(),
                        false,
                        null,
                        session,
                        null,
                        new Doctor()),
                false);
    }

    private static int run(HomeOptions home, Screen.Wish wish, boolean plain)
            throws IOException, InterruptedException {
        boolean inLines = plain || isDumb(System.getenv());
        if (!inLines && (!Console.isTerminal(0) || !Console.isTerminal(1))) {
            throw new CommandException(
                    ExitCode.USAGE,
                    "the full-screen client needs a terminal; for one answer use: hal0 ask \"…\", for a conversation in lines: hal0 --plain");
        }
        if (inLines) {
            return run(home, (read, ending) -> PlainChat.run(read, wish, ending));
        }
        try (Opening terminal = Opening.begin(System.getenv())) {
            return run(home, (read, _) -> onScreen(read, wish, terminal));
        }
    }

    /// What is done with a configuration until the user leaves.
    private interface Chat {
        int run(Configuration configuration, CancelToken ending)
                throws IOException, InterruptedException;
    }

    private static int run(HomeOptions home, Chat chat) throws IOException, InterruptedException {
        Configuration configuration = Configuration.read(home.locate(), System.getenv()).orThrow();
        configuration.home().createFolders();
        Logs.toFile(configuration.home().logFile(), System.getenv());
        CancelToken ending = new CancelToken();
        // The screen restores the terminal by itself; this waits until everything else has ended.
        try (Interrupt _ = Interrupt.cancels(ending, STOP_SECONDS)) {
            return chat.run(configuration, ending);
        } catch (BrokenScreenException e) {
            throw broken(e, configuration.home().logFile());
        }
    }

    private static int onScreen(Configuration configuration, Screen.Wish wish, Opening terminal)
            throws IOException, InterruptedException {
        Screen.Client<Tui.Outcome> client = services -> Tui.run(services, terminal);
        return switch (Screen.run(configuration, wish, System.getenv(), client)) {
            case LEFT, TERMINAL_GONE -> ExitCode.DONE;
            case INTERRUPTED, TERMINATED -> ExitCode.INTERRUPTED;
        };
    }

    /// A terminal that can only print, or of which nothing is known.
    private static boolean isDumb(Map<String, String> environment) {
        String type = environment.getOrDefault("TERM", "");
        boolean screen = Console.isTerminal(0) && Console.isTerminal(1);
        return screen && (type.isEmpty() || type.equals("dumb"));
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
