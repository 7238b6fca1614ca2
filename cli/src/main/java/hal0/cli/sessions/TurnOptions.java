package hal0.cli.sessions;

import picocli.CommandLine.Option;

/// How a turn is taken back or brought back.
final class TurnOptions {
    @Option(
            names = {"-y", "--yes"},
            description = "Do it without asking.")
    boolean yes;

    @Option(names = "--dry-run", description = "Only say what would be done.")
    boolean dryRun;

    @Option(names = "--json", description = "One JSON array, an object for each file.")
    boolean json;
}
