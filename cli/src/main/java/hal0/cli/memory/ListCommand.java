package hal0.cli.memory;

import hal0.cli.console.CommandException;
import hal0.cli.console.Console;
import hal0.cli.console.ExitCode;
import hal0.cli.console.HomeOptions;
import hal0.cli.console.Listing;
import hal0.home.memory.Memory;
import hal0.home.memory.Memory.Hit;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `hal0 memory list`: the newest notes, or the banks.
@Command(
        name = "list",
        description = "Show the newest notes, or the banks with --banks.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  hal0 memory list --limit 5",
            "  hal0 memory list --banks --json"
        })
final class ListCommand implements Callable<Integer> {
    private static final int MOST = 10_000;

    private final Console console;
    private final HomeOptions home;

    @Option(names = "--bank", paramLabel = "BANK", description = "Only there; all by default.")
    private @Nullable String bank;

    @Option(names = "--banks", description = "The banks and how many notes each holds.")
    private boolean banks;

    @Option(names = "--limit", paramLabel = "N", description = "The newest N; 50 by default.")
    private int limit = 50;

    @Option(names = "--json", description = "One JSON array.")
    private boolean json;

    ListCommand(Console console, HomeOptions home) {
        this.console = console;
        this.home = home;
    }

    /// **Errors** [CommandException] for a number that is no limit.
    static int limited(int limit) {
        if (limit < 1 || limit > MOST) {
            throw new CommandException(
                    ExitCode.USAGE,
                    "--limit is a number from 1 to %d; for all: hal0 memory export"
                            .formatted(MOST));
        }
        return limit;
    }

    @Override
    public Integer call() {
        String where = MemoryHere.bank(bank);
        int most = limited(limit);
        try (MemoryHere here = MemoryHere.open(home)) {
            Listing listing = banks ? banks(here.memory()) : notes(here.memory(), where, most);
            if (listing.isEmpty() && !json) {
                console.err()
                        .println("Nothing is remembered yet. Begin with: hal0 memory add \"…\"");
                return ExitCode.DONE;
            }
            listing.print(console, json);
        }
        return ExitCode.DONE;
    }

    private Listing notes(Memory memory, @Nullable String where, int most) {
        List<Hit> newest =
                memory.newest(where, Long.MAX_VALUE, most).stream()
                        .map(item -> new Hit(item, 0))
                        .toList();
        return json
                ? NoteRows.forPrograms(newest, false)
                : NoteRows.forPeople(newest, ZoneId.systemDefault());
    }

    private static Listing banks(Memory memory) {
        Listing listing = new Listing("bank", "notes");
        memory.banks().forEach(listing::row);
        return listing;
    }
}
