package hal0.cli.memory;

import static java.nio.charset.StandardCharsets.UTF_8;

import hal0.cli.console.CommandException;
import hal0.cli.console.Console;
import hal0.cli.console.ExitCode;
import hal0.cli.console.HomeOptions;
import hal0.home.IoReason;
import hal0.home.memory.MemoryFile;
import hal0.home.memory.MemoryFile.Imported;
import hal0.home.memory.Note;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `hal0 memory import [FILE]`: remembers what another home exported.
@Command(
        name = "import",
        description = {
            "Remember notes from lines of JSON.",
            "Of a line only \"text\" must be there. What is known already stays as it is."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  hal0 memory import memory.jsonl",
            "  ssh box hal0 memory export | hal0 memory import --bank box"
        })
final class ImportCommand implements Callable<Integer> {
    private final Console console;
    private final HomeOptions home;

    @Parameters(
            paramLabel = "FILE",
            arity = "0..1",
            description = "The file; standard input by default.")
    private @Nullable Path file;

    @Option(
            names = "--bank",
            paramLabel = "BANK",
            description = "For lines that name none; default by default.")
    private String bank = Note.USUAL_BANK;

    ImportCommand(Console console, HomeOptions home) {
        this.console = console;
        this.home = home;
    }

    @Override
    public Integer call() throws IOException {
        String where = String.valueOf(MemoryHere.bank(bank));
        boolean piped = file == null || file.toString().equals("-");
        if (piped && Console.isTerminal(0)) {
            throw new CommandException(
                    ExitCode.USAGE, "say which file: hal0 memory import memory.jsonl");
        }
        String name = piped ? "standard input" : String.valueOf(file);
        try (BufferedReader in = reader(piped ? null : file);
                MemoryHere here = MemoryHere.open(home)) {
            Imported imported = new MemoryFile(here.memory()).read(in, where, Instant.now());
            console.err()
                    .printf(
                            "%d remembered, %d known already.%n",
                            imported.added(), imported.known());
        } catch (MemoryFile.BadLineException e) {
            throw new CommandException(
                    ExitCode.FAILED,
                    "%s, %s; the lines before it are remembered: mend it and import again"
                            .formatted(name, e.getMessage()));
        } catch (IOException e) {
            throw new CommandException(
                    ExitCode.FAILED, "%s cannot be read: %s".formatted(name, IoReason.of(e)));
        }
        return ExitCode.DONE;
    }

    private static BufferedReader reader(@Nullable Path file) throws IOException {
        return file == null
                ? new BufferedReader(new InputStreamReader(System.in, UTF_8.newDecoder()))
                : Files.newBufferedReader(file);
    }
}
