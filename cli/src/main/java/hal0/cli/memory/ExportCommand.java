package hal0.cli.memory;

import hal0.cli.console.Console;
import hal0.cli.console.ExitCode;
import hal0.cli.console.HomeOptions;
import hal0.home.memory.MemoryFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `hal0 memory export`: all notes as lines of JSON.
@Command(
        name = "export",
        description = "Print all notes, one JSON object a line, oldest first.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  hal0 memory export > memory.jsonl",
            "  hal0 memory export --bank work | jq -r .text"
        })
final class ExportCommand implements Callable<Integer> {
    private final Console console;
    private final HomeOptions home;

    @Option(names = "--bank", paramLabel = "BANK", description = "Only that; all by default.")
    private @Nullable String bank;

    ExportCommand(Console console, HomeOptions home) {
        this.console = console;
        this.home = home;
    }

    @Override
    public Integer call() throws IOException {
        String where = MemoryHere.bank(bank);
        try (MemoryHere here = MemoryHere.open(home)) {
            PrintWriter out = console.outWriter();
            int count = new MemoryFile(here.memory()).write(where, out);
            out.flush();
            console.err().printf("%d exported.%n", count);
        }
        return ExitCode.DONE;
    }
}
