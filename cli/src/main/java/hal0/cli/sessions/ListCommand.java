package hal0.cli.sessions;

import hal0.agent.session.SessionGlance;
import hal0.agent.session.Sessions;
import hal0.agent.session.StoredSessions.Listed;
import hal0.agent.session.StoredSessions.Wanted;
import hal0.cli.console.CommandException;
import hal0.cli.console.Console;
import hal0.cli.console.ExitCode;
import hal0.cli.console.HomeOptions;
import hal0.cli.console.Listing;
import hal0.cli.console.Listing.Cell;
import hal0.cli.console.Logs;
import hal0.providers.price.Cost;
import hal0.providers.price.Money;
import hal0.tui.text.Cells;
import hal0.tui.text.Safe;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `hal0 sessions list`: which conversations there are, the latest first.
@Command(
        name = "list",
        description = "Show the conversations that were led here, the latest first.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  hal0 sessions list --here",
            "  hal0 sessions list --limit 0 --json"
        })
final class ListCommand implements Runnable {
    private static final int TITLE_CELLS = 60;

    private final Console console;
    private final HomeOptions home;

    @Option(names = "--here", description = "Only those of this folder.")
    private boolean here;

    @Option(names = "--tasks", description = "Those of sub-agents too.")
    private boolean tasks;

    @Option(
            names = {"-n", "--limit"},
            paramLabel = "N",
            description = "At most so many, 30 by default; 0 for all.")
    private int limit = 30;

    @Option(names = "--json", description = "One JSON array.")
    private boolean json;

    ListCommand(Console console, HomeOptions home) {
        this.console = console;
        this.home = home;
    }

    @Override
    public void run() {
        if (limit < 0) {
            throw new CommandException(ExitCode.USAGE, "--limit is 0 or more");
        }
        Logs.quiet(System.getenv());
        InstantSource clock = InstantSource.system();
        Sessions sessions = new Sessions(home.locate().sessionsFolder(), clock);
        String cwd = here ? Path.of("").toAbsolutePath().toString() : null;
        Listed listed = sessions.stored().list(new Wanted(cwd, tasks, limit));
        listed.problems().forEach(problem -> console.err().println("warning: " + problem));
        if (json) {
            forPrograms(listed.sessions()).print(console, true);
        } else if (listed.sessions().isEmpty()) {
            console.err().println("There is no session yet. One begins with: hal0");
        } else {
            forPeople(listed.sessions(), clock.instant()).print(console, false);
        }
    }

    private static Listing forPrograms(List<SessionGlance> sessions) {
        Listing listing =
                new Listing(
                        "id",
                        "title",
                        "cwd",
                        "provider",
                        "model",
                        "started",
                        "changed",
                        "messages",
                        "cost_usd",
                        "cost_complete",
                        "parent",
                        "forked_from",
                        "agent",
                        "size_bytes");
        for (SessionGlance each : sessions) {
            listing.row(
                    each.id(),
                    each.title(),
                    each.header().cwd(),
                    each.provider(),
                    each.model(),
                    each.header().started().toString(),
                    each.changed().toString(),
                    each.messages(),
                    each.cost().usd(),
                    each.priceKnown(),
                    each.header().parent(),
                    each.header().forkedFrom(),
                    each.header().agent(),
                    each.size());
        }
        return listing;
    }

    private static Listing forPeople(List<SessionGlance> sessions, Instant now) {
        Listing listing = new Listing("id", "age", "messages", "cost", "model", "title");
        for (SessionGlance each : sessions) {
            listing.row(
                    each.id(),
                    age(Duration.between(each.changed(), now)),
                    each.messages(),
                    new Cell(null, cost(each)),
                    each.provider().isEmpty() ? each.model() : each.provider() + '/' + each.model(),
                    Cells.ellipsis(Safe.oneLine(each.title()), TITLE_CELLS));
        }
        return listing;
    }

    private static String cost(SessionGlance session) {
        boolean more = session.cost() instanceof Cost.Usd && !session.priceKnown();
        return Money.format(session.cost()) + (more ? " + n/a" : "");
    }

    /// Such as `now`, `5 min`, `3 h`, `12 d`.
    static String age(Duration age) {
        if (age.toMinutes() < 1) {
            return "now";
        }
        if (age.toHours() < 1) {
            return age.toMinutes() + " min";
        }
        return age.toDays() < 1 ? age.toHours() + " h" : age.toDays() + " d";
    }
}
