package hal0.cli.sessions;

import hal0.agent.session.Sessions;
import hal0.agent.session.StoredSessions.Found;
import hal0.agent.session.StoredSessions.Search;
import hal0.cli.console.CommandException;
import hal0.cli.console.Console;
import hal0.cli.console.ExitCode;
import hal0.cli.console.HomeOptions;
import hal0.cli.console.Listing;
import hal0.cli.console.Logs;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `hal0 sessions search WORDS`: where something was said.
@Command(
        name = "search",
        description = {
            "Find words in what was said, called and answered, in whatever case.",
            "ENTRY is the number that hal0 sessions fork --before takes. Exit 1 when nothing is found."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  hal0 sessions search \"connection pool\"",
            "  hal0 sessions search TimeoutException --limit 0 --json"
        })
final class SearchCommand implements Callable<Integer> {
    private final Console console;
    private final HomeOptions home;

    @Parameters(paramLabel = "WORDS", description = "What to look for, as it stands there.")
    private String words = "";

    @Option(
            names = {"-n", "--limit"},
            paramLabel = "N",
            description = "At most so many places, 30 by default; 0 for all.")
    private int limit = 30;

    @Option(names = "--json", description = "One JSON array.")
    private boolean json;

    SearchCommand(Console console, HomeOptions home) {
        this.console = console;
        this.home = home;
    }

    @Override
    public Integer call() {
        if (words.isBlank() || limit < 0) {
            throw new CommandException(
                    ExitCode.USAGE,
                    words.isBlank() ? "there are no words to look for" : "--limit is 0 or more");
        }
        Logs.quiet(System.getenv());
        Sessions sessions = new Sessions(home.locate().sessionsFolder(), InstantSource.system());
        Search search = sessions.stored().search(words, limit);
        search.problems().forEach(problem -> console.err().println("warning: " + problem));
        Listing listing = new Listing("id", "entry", "at", "who", "excerpt");
        for (Found found : search.found()) {
            listing.row(
                    found.id(), found.entry(), found.at().toString(), found.who(), found.excerpt());
        }
        if (listing.isEmpty()) {
            console.err().println("no session has \"%s\"".formatted(words));
        }
        if (json || !listing.isEmpty()) {
            listing.print(console, json);
        }
        return search.found().isEmpty() ? ExitCode.FAILED : ExitCode.DONE;
    }
}
