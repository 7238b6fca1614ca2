package hal0.cli.sessions;

import hal0.agent.session.StoredSessions;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Which session's turn is taken back or brought back, and how.
final class TurnOptions {
    @Parameters(
            paramLabel = "ID",
            defaultValue = StoredSessions.LAST,
            description = "A session; the latest of this folder by default.")
    String id = StoredSessions.LAST;

    @Option(
            names = {"-y", "--yes"},
            description = "Do it without asking.")
    boolean yes;

    @Option(names = "--dry-run", description = "Only say what would be done.")
    boolean dryRun;

    @Option(names = "--json", description = "One JSON array, an object for each file.")
    boolean json;
}
