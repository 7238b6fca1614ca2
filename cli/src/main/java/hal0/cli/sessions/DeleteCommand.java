package hal0.cli.sessions;

import hal0.agent.session.Sessions;
import hal0.agent.session.StoredSessions;
import hal0.cli.console.Console;
import hal0.cli.console.HomeOptions;
import hal0.cli.console.Logs;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `hal0 sessions delete ID…`: forgets conversations.
@Command(
        name = "delete",
        description = {
            "Delete conversations, with the tasks that their sub-agents did; there is no way back.",
            "Forks stay, and so does what was kept of files. One that is open is refused."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  hal0 sessions delete last",
            "  hal0 sessions delete 20261121-0813 20261120-1744"
        })
final class DeleteCommand implements Runnable {
    private final Console console;
    private final HomeOptions home;

    @Parameters(
            paramLabel = "ID",
            arity = "1..*",
            description = "Sessions; last for the latest of this folder.")
    private List<String> ids = List.of();

    DeleteCommand(Console console, HomeOptions home) {
        this.console = console;
        this.home = home;
    }

    @Override
    public void run() {
        Logs.quiet(System.getenv());
        Sessions sessions = new Sessions(home.locate().sessionsFolder(), InstantSource.system());
        StoredSessions stored = sessions.stored();
        // All are looked up before the first is gone: `last` would be another one then.
        Set<String> meant = new LinkedHashSet<>();
        ids.forEach(id -> meant.add(stored.find(id, Path.of(""))));
        Set<String> gone = new LinkedHashSet<>();
        for (String id : meant) {
            if (!gone.contains(id)) {
                gone.addAll(sessions.delete(id));
                console.err().println("Deleted " + id + ".");
            }
        }
    }
}
