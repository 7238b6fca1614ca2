package hal0.cli.memory;

import hal0.cli.console.CommandException;
import hal0.cli.console.Console;
import hal0.cli.console.ExitCode;
import hal0.cli.console.HomeOptions;
import hal0.cli.console.Listing;
import hal0.home.memory.Memorized;
import hal0.home.memory.Memory.Hit;
import hal0.home.memory.Scope;
import hal0.relay.control.MemoryControl;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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
    private static final int PAGE = 1_000;

    private final Console console;
    private final HomeOptions home;

    @Option(names = "--bank", paramLabel = "BANK", description = "Only there; all by default.")
    private @Nullable String bank;

    @Mixin private Narrowing narrowing = new Narrowing();

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
    static int limited(int limit, int larger) {
        if (limit < 1 || limit > larger) {
            throw new CommandException(
                    ExitCode.USAGE,
                    "--limit is a number from 1 to %d; for all: hal0 memory export"
                            .formatted(larger));
        }
        return limit;
    }

    @Override
    public Integer call() {
        String where = MemoryHere.bank(bank);
        int most = limited(limit, MOST);
        try (MemoryHere here = MemoryHere.open(home)) {
            Listing listing =
                    banks
                            ? banks(here.memory())
                            : notes(here.memory(), narrowing.scope(where), most);
            if (listing.isEmpty() && !json) {
                console.err()
                        .println("Nothing is remembered yet. Begin with: hal0 memory add \"…\"");
                return ExitCode.DONE;
            }
            listing.print(console, json);
        }
        return ExitCode.DONE;
    }

    private Listing notes(MemoryControl memory, Scope where, int most) {
        List<Hit> newest = new ArrayList<>();
        long before = Long.MAX_VALUE;
        for (List<Memorized> page = page(memory, where, before, most);
                !page.isEmpty() && newest.size() < most;
                page = page(memory, where, before, most - newest.size())) {
            page.forEach(item -> newest.add(new Hit(item, 0)));
            before = page.getLast().id();
        }
        return json
                ? NoteRows.forPrograms(newest, false)
                : NoteRows.forPeople(newest, ZoneId.systemDefault());
    }

    /// A relay gives no more at once.
    private static List<Memorized> page(MemoryControl memory, Scope where, long before, int most) {
        return most == 0 ? List.of() : memory.newest(where, before, Math.min(most, PAGE));
    }

    private static Listing banks(MemoryControl memory) {
        Listing listing = new Listing("bank", "notes");
        memory.banks().forEach(listing::row);
        return listing;
    }
}
