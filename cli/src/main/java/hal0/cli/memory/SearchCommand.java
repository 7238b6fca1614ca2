package hal0.cli.memory;

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
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `hal0 memory search QUERY`: finds notes by their words.
@Command(
        name = "search",
        description = {
            "Find notes by their words and meaning, those that fit best first.",
            "Other forms of a word, parts of identifiers and the beginning of a word count too.",
            "Where a model for embeddings is set ([memory] embed, or the embed slot), notes of like meaning are found as well."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  hal0 memory search \"staging database\"",
            "  hal0 memory search deploy --bank work --limit 3 --json"
        })
final class SearchCommand implements Callable<Integer> {
    private final Console console;
    private final HomeOptions home;

    @Parameters(paramLabel = "QUERY", arity = "1..*", description = "The words to look for.")
    private List<String> query = List.of();

    @Option(names = "--bank", paramLabel = "BANK", description = "Only there; all by default.")
    private @Nullable String bank;

    @Mixin private Narrowing narrowing = new Narrowing();

    @Option(names = "--words", description = "By their words alone; asks no model.")
    private boolean words;

    @Option(names = "--limit", paramLabel = "N", description = "The best N; 10 by default.")
    private int limit = 10;

    @Option(names = "--json", description = "One JSON array.")
    private boolean json;

    SearchCommand(Console console, HomeOptions home) {
        this.console = console;
        this.home = home;
    }

    @Override
    public Integer call() {
        String where = MemoryHere.bank(bank);
        int most = ListCommand.limited(limit, 1_000);
        try (MemoryHere here = MemoryHere.open(home)) {
            List<Hit> hits =
                    here.memory()
                            .search(
                                    narrowing.scope(where),
                                    String.join(" ", query),
                                    most,
                                    words ? Memory.By.WORDS : Memory.By.MEANING);
            if (hits.isEmpty() && !json) {
                console.err().println("Nothing is remembered about that.");
                return ExitCode.DONE;
            }
            Listing listing =
                    json
                            ? NoteRows.forPrograms(hits, true)
                            : NoteRows.forPeople(hits, ZoneId.systemDefault());
            listing.print(console, json);
        }
        return ExitCode.DONE;
    }
}
