package hal0.cli.memory;

import hal0.cli.console.CommandException;
import hal0.cli.console.Console;
import hal0.cli.console.ExitCode;
import hal0.cli.console.HomeOptions;
import hal0.home.memory.Memorized;
import hal0.home.memory.Memory.Hit;
import hal0.home.memory.Revision;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `hal0 memory update ID`: changes a note.
@Command(
        name = "update",
        description = {
            "Change a note, which keeps its number.",
            "What is not named stays. Another note that says the same is taken into it."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  hal0 memory update 12 --text \"Releases go out on Tuesdays\"",
            "  hal0 memory update 12 --tag release --tag ops --bank work"
        })
final class UpdateCommand implements Callable<Integer> {
    private final Console console;
    private final HomeOptions home;

    @Parameters(paramLabel = "ID", description = "Its number, as the list shows it.")
    private long id;

    @Option(names = "--text", paramLabel = "TEXT", description = "What it says from now on.")
    private @Nullable String text;

    @Option(names = "--tag", paramLabel = "TAG", description = "Instead of its tags; repeat it.")
    private @Nullable List<String> tags;

    @Option(
            names = "--meta",
            paramLabel = "KEY=VALUE",
            description = "Instead of its metadata; repeat it.")
    private @Nullable Map<String, String> metadata;

    @Option(names = "--bank", paramLabel = "BANK", description = "Where it is kept from now on.")
    private @Nullable String bank;

    @Option(names = "--json", description = "One JSON array with the note.")
    private boolean json;

    UpdateCommand(Console console, HomeOptions home) {
        this.console = console;
        this.home = home;
    }

    @Override
    public Integer call() {
        if (text == null && tags == null && metadata == null && bank == null) {
            throw new CommandException(
                    ExitCode.USAGE, "say what becomes of it: --text, --tag, --meta or --bank");
        }
        Revision revision = new Revision(text, tags, metadata, bank);
        try (MemoryHere here = MemoryHere.open(home)) {
            Optional<Memorized> now = MemoryHere.checked(() -> here.memory().revise(id, revision));
            if (now.isEmpty()) {
                console.err().printf("hal0: there is no note %d; see: hal0 memory list%n", id);
                return ExitCode.FAILED;
            }
            if (json) {
                NoteRows.forPrograms(List.of(new Hit(now.get(), 0)), false).print(console, true);
            } else {
                console.err().printf("Note %d is changed.%n", id);
            }
        }
        return ExitCode.DONE;
    }
}
