package hal0.cli.sessions;

import hal0.agent.session.Session;
import hal0.agent.session.Sessions;
import hal0.agent.session.StoredSessions;
import hal0.cli.console.CommandException;
import hal0.cli.console.Console;
import hal0.cli.console.ExitCode;
import hal0.cli.console.HomeOptions;
import hal0.cli.console.Logs;
import java.nio.file.Path;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `hal0 sessions fork ID`: another conversation with the same beginning.
@Command(
        name = "fork",
        description = {
            "Begin another conversation with the beginning of one, which stays as it is.",
            "Prints the id of the new one: hal0 --resume ID goes on with it."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  hal0 sessions fork last --message 3",
            "  hal0 sessions fork 20261121-0813 --before 42"
        })
final class ForkCommand implements Runnable {
    private final Console console;
    private final HomeOptions home;

    @Parameters(paramLabel = "ID", description = "A session; last for the latest of this folder.")
    private String id = "";

    @Option(
            names = "--message",
            paramLabel = "N",
            description = "Only what was said before your Nth message, from 1.")
    private @Nullable Integer message;

    @Option(
            names = "--before",
            paramLabel = "ENTRY",
            description = "Only what stands before that entry, as show and search number them.")
    private @Nullable Integer before;

    ForkCommand(Console console, HomeOptions home) {
        this.console = console;
        this.home = home;
    }

    @Override
    public void run() {
        if (message != null && before != null) {
            throw new CommandException(
                    ExitCode.USAGE, "--message and --before are one or the other");
        }
        Logs.quiet(System.getenv());
        Sessions sessions = new Sessions(home.locate().sessionsFolder(), InstantSource.system());
        StoredSessions stored = sessions.stored();
        String from = stored.find(id, Path.of(""));
        try {
            console.out().println(sessions.fork(from, entries(stored.read(from))));
        } catch (IllegalArgumentException e) {
            throw new CommandException(ExitCode.USAGE, String.valueOf(e.getMessage()));
        }
    }

    private int entries(Session session) {
        if (before != null) {
            return before;
        }
        Integer nth = message;
        if (nth == null) {
            return session.entries().size();
        }
        if (nth < 1) {
            throw new CommandException(ExitCode.USAGE, "--message is 1 or more");
        }
        return session.findMessage(nth)
                .orElseThrow(() ->
                        new CommandException(
                                ExitCode.USAGE,
                                "session %s has no %d. message of yours"
                                        .formatted(session.header().id(), nth)));
    }
}
