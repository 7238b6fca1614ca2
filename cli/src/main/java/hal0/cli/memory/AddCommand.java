package hal0.cli.memory;

import hal0.cli.console.CommandException;
import hal0.cli.console.Console;
import hal0.cli.console.ExitCode;
import hal0.cli.console.HomeOptions;
import hal0.home.memory.Memory;
import hal0.home.memory.Note;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `hal0 memory add TEXT`: remembers a note and prints its number.
@Command(
        name = "add",
        description = {
            "Remember a note and print its number.",
            "A text that is known already is told again. Without TEXT the note is read from standard input."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  hal0 memory add \"The staging database is read-only\" --tag ops",
            "  git log -1 --format=%%B | hal0 memory add --bank work"
        })
final class AddCommand implements Callable<Integer> {
    private final Console console;
    private final HomeOptions home;

    @Parameters(paramLabel = "TEXT", arity = "0..1", description = "What to remember.")
    private @Nullable String text;

    @Option(names = "--tag", paramLabel = "TAG", description = "A word for it; may be repeated.")
    private List<String> tags = List.of();

    @Option(
            names = "--meta",
            paramLabel = "KEY=VALUE",
            description = "What else belongs to it; may be repeated.")
    private Map<String, String> metadata = Map.of();

    @Option(names = "--bank", paramLabel = "BANK", description = "Where; default by default.")
    private String bank = Note.USUAL_BANK;

    @Option(names = "--json", description = "One JSON object.")
    private boolean json;

    AddCommand(Console console, HomeOptions home) {
        this.console = console;
        this.home = home;
    }

    @Override
    public Integer call() throws IOException {
        String said = text == null ? Console.pipedInput() : text;
        if (text == null && said.isBlank()) {
            throw new CommandException(
                    ExitCode.USAGE, "say what to remember: hal0 memory add \"…\"");
        }
        Note note = MemoryHere.checked(() -> new Note(bank, said, tags, metadata, "cli"));
        try (MemoryHere here = MemoryHere.open(home)) {
            Memory.Kept kept = here.memory().add(note);
            if (json) {
                console.out().printf("{\"id\": %d, \"known\": %s}%n", kept.id(), kept.known());
            } else {
                console.out().println(kept.id());
                console.err().println(kept.known() ? "Known already; told again." : "Remembered.");
            }
        }
        return ExitCode.DONE;
    }
}
