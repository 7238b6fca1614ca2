package hal0.cli.sessions;

import hal0.agent.Undo;
import hal0.agent.UndoReport;
import hal0.agent.checkpoint.CheckpointException;
import hal0.agent.checkpoint.Direction;
import hal0.agent.checkpoint.FileStep;
import hal0.agent.session.Session;
import hal0.agent.session.Sessions;
import hal0.agent.session.StoredSessions;
import hal0.agent.workspace.Workspace;
import hal0.cli.console.CommandException;
import hal0.cli.console.Console;
import hal0.cli.console.ExitCode;
import hal0.cli.console.HomeOptions;
import hal0.cli.console.Listing;
import hal0.cli.console.Logs;
import hal0.cli.wiring.HomeCheckpoints;
import hal0.home.Home;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;

/// Takes a turn back, or brings one back: says what that does to files, asks, does it.
record TurnChange(Console console, HomeOptions home, Direction direction) {

    void run(TurnOptions options) {
        Logs.quiet(System.getenv());
        Home here = home.locate();
        Sessions sessions = new Sessions(here.sessionsFolder(), InstantSource.system());
        StoredSessions stored = sessions.stored();
        String id = stored.find(options.id, Path.of(""));
        Workspace workspace = workspace(stored.read(id));
        try (Undo undo = Undo.open(sessions, id, HomeCheckpoints.of(here, workspace))) {
            UndoReport report = undo.preview(direction).orElseThrow(this::nothing);
            if (report.files().isEmpty()) {
                console.err().println("That turn changed no files.");
            }
            listing(report, workspace).print(console, options.json);
            if (!report.possible()) {
                throw new CommandException(
                        ExitCode.FAILED,
                        "nothing was touched, because somebody else changed files since; put them back, or go on without %s"
                                .formatted(word()));
            }
            if (!options.dryRun && agreed(options)) {
                undo.run(direction);
                console.err().println(done(id));
            }
        } catch (CheckpointException e) {
            throw new CommandException(ExitCode.FAILED, String.valueOf(e.getMessage()));
        }
    }

    private static Workspace workspace(Session session) {
        try {
            return Workspace.of(Path.of(session.header().cwd()));
        } catch (IOException e) {
            throw new CommandException(
                    ExitCode.CONFIGURATION,
                    "the folder of session %s is not there any more: %s"
                            .formatted(session.header().id(), session.header().cwd()));
        }
    }

    private CommandException nothing() {
        return new CommandException(
                ExitCode.FAILED,
                switch (direction) {
                    case UNDO -> "there is no turn to take back";
                    case REDO -> "there is no turn that was undone and can be brought back";
                });
    }

    private boolean agreed(TurnOptions options) {
        if (options.yes) {
            return true;
        }
        Optional<java.io.Console> terminal = Console.findTerminal();
        if (terminal.isEmpty()) {
            throw new CommandException(
                    ExitCode.USAGE, "nothing was done: say --yes where nobody can be asked");
        }
        console.err().print("%s the turn and these files? [y/N] ".formatted(verb()));
        console.err().flush();
        String answer = terminal.get().readLine();
        return answer != null && answer.strip().toLowerCase(Locale.ROOT).startsWith("y");
    }

    private String word() {
        return switch (direction) {
            case UNDO -> "undo";
            case REDO -> "redo";
        };
    }

    private String verb() {
        return switch (direction) {
            case UNDO -> "Take back";
            case REDO -> "Bring back";
        };
    }

    private String done(String id) {
        return switch (direction) {
            case UNDO -> "Took the last turn back. Bring it back with: hal0 sessions redo " + id;
            case REDO -> "Brought the turn back. Take it back with: hal0 sessions undo " + id;
        };
    }

    private static Listing listing(UndoReport report, Workspace workspace) {
        Listing listing = new Listing("file", "action", "added", "removed", "why");
        for (FileStep step : report.files()) {
            listing.row(
                    new Listing.Cell(step.path(), workspace.name(Path.of(step.path()))),
                    step.kind().name().toLowerCase(Locale.ROOT),
                    step.added(),
                    step.removed(),
                    new Listing.Cell(step.why(), step.why()));
        }
        return listing;
    }
}
