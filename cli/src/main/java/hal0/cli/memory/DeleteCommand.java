package hal0.cli.memory;

import hal0.cli.console.CommandException;
import hal0.cli.console.Console;
import hal0.cli.console.ExitCode;
import hal0.cli.console.HomeOptions;
import hal0.home.memory.Age;
import hal0.relay.control.MemoryControl;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `hal0 memory delete`: forgets notes by number or by age.
@Command(
        name = "delete",
        description = "Forget notes by their numbers, or all that were told long ago.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  hal0 memory delete 12 15",
            "  hal0 memory delete --older-than 180d --bank work --yes"
        })
final class DeleteCommand implements Callable<Integer> {
    private final Console console;
    private final HomeOptions home;

    @Parameters(paramLabel = "ID", arity = "0..*", description = "Numbers, as the list shows them.")
    private List<Long> ids = List.of();

    @Option(
            names = "--older-than",
            paramLabel = "AGE",
            description = "What was last told longer ago: 12h, 90d, 26w.")
    private @Nullable String age;

    @Option(names = "--bank", paramLabel = "BANK", description = "With --older-than: only there.")
    private @Nullable String bank;

    @Option(names = "--yes", description = "Do not ask.")
    private boolean yes;

    DeleteCommand(Console console, HomeOptions home) {
        this.console = console;
        this.home = home;
    }

    @Override
    public Integer call() {
        if (ids.isEmpty() == (age == null)) {
            throw new CommandException(
                    ExitCode.USAGE, "say which to forget: either numbers, or --older-than AGE");
        }
        if (age == null && bank != null) {
            throw new CommandException(ExitCode.USAGE, "--bank goes with --older-than");
        }
        try (MemoryHere here = MemoryHere.open(home)) {
            return age == null ? byNumber(here.memory()) : byAge(here.memory(), age);
        }
    }

    private int byNumber(MemoryControl memory) {
        List<Long> missing = new ArrayList<>();
        for (long id : ids) {
            if (!memory.delete(id)) {
                missing.add(id);
            }
        }
        if (ids.size() > missing.size()) {
            console.err().printf("Forgot %d.%n", ids.size() - missing.size());
        }
        for (long id : missing) {
            console.err().printf("hal0: there is no note %d; see: hal0 memory list%n", id);
        }
        return missing.isEmpty() ? ExitCode.DONE : ExitCode.FAILED;
    }

    private int byAge(MemoryControl memory, String text) {
        String where = MemoryHere.bank(bank);
        Instant then = Instant.now().minus(parsed(text));
        if (!yes && !confirmed(text)) {
            console.err().println("Nothing is forgotten.");
            return ExitCode.FAILED;
        }
        console.err().printf("Forgot %d.%n", memory.deleteToldBefore(where, then));
        return ExitCode.DONE;
    }

    private static Duration parsed(String text) {
        try {
            return Age.parse(text);
        } catch (IllegalArgumentException e) {
            throw new CommandException(
                    ExitCode.USAGE, "--older-than \"%s\": %s".formatted(text, e.getMessage()));
        }
    }

    private boolean confirmed(String age) {
        Optional<java.io.Console> terminal = Console.findTerminal();
        if (terminal.isEmpty()) {
            throw new CommandException(
                    ExitCode.USAGE, "nobody is here to ask whether to forget them; say --yes");
        }
        String what = bank == null ? "all banks" : "the bank " + bank;
        String answer =
                terminal.get().readLine("Forget what is older than %s in %s? [y/N] ", age, what);
        return answer != null && answer.strip().toLowerCase(Locale.ROOT).startsWith("y");
    }
}
