package hal0.cli.slots;

import hal0.cli.console.CommandException;
import hal0.cli.console.Console;
import hal0.cli.console.ExitCode;
import hal0.cli.console.HomeOptions;
import hal0.cli.wiring.Configuration;
import hal0.cli.wiring.OwnerNotice;
import hal0.home.config.ConfigProblem;
import hal0.home.config.Nearest;
import hal0.slots.definition.Definition;
import hal0.slots.definition.HomeDefinitions;
import hal0.slots.definition.SlotEdits;
import hal0.slots.error.SlotException;
import hal0.slots.error.SlotProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// The slots that the files of this home define, for one command.
record SlotsHere(Console console, Configuration configuration) {

    static SlotsHere open(Console console, HomeOptions home) {
        return new SlotsHere(console, Configuration.read(home.locate(), System.getenv()).orThrow());
    }

    /// Something that can be refused.
    @FunctionalInterface
    interface Work<T> {
        T run() throws IOException;
    }

    /// **Errors** [CommandException] for what slots refuse.
    static <T> T told(Work<T> work) throws IOException {
        try {
            return work.run();
        } catch (SlotException e) {
            boolean ofFiles =
                    e.problem() == SlotProblem.CONFIG_ERROR
                            || e.problem() == SlotProblem.NOT_FOUND
                            || e.problem() == SlotProblem.ALREADY_EXISTS;
            throw new CommandException(
                    ofFiles ? ExitCode.CONFIGURATION : ExitCode.FAILED, e.message());
        }
    }

    HomeDefinitions definitions() {
        return configuration.slots().definitions();
    }

    SlotEdits edits() {
        return configuration.slots().edits();
    }

    /// **Errors** [CommandException] with the nearest name, and with what is wrong where its file
    /// is there and cannot be used.
    Definition require(String name) {
        return definitions().find(name).orElseThrow(() -> unknown(name));
    }

    /// The file of a slot, right or wrong.
    ///
    /// **Errors** [CommandException] as `require`.
    Path requireFile(String name) throws IOException {
        Path file = told(() -> edits().file(name));
        if (!Files.exists(file)) {
            throw unknown(name);
        }
        return file;
    }

    private CommandException unknown(String name) {
        List<ConfigProblem> wrong = problems(name);
        if (!wrong.isEmpty()) {
            wrong.forEach(console::problem);
            return new CommandException(
                    ExitCode.CONFIGURATION, "slot %s cannot be used as it is".formatted(name));
        }
        List<String> names = definitions().all().stream().map(Definition::name).toList();
        return new CommandException(
                ExitCode.CONFIGURATION,
                "there is no slot \"%s\"%s; `hal0 slots create %s --model …` makes one"
                        .formatted(name, Nearest.hint(name, names), name));
    }

    /// What is wrong with the file of a slot.
    List<ConfigProblem> problems(String name) {
        String file = "slots/" + name + ".toml";
        return configuration.problems().stream()
                .filter(problem -> problem.file().equals(file))
                .toList();
    }

    /// Lets a running relay know what was written, and says what is doubtful about it.
    void written(String name) {
        var _ = configuration.reload();
        problems(name).forEach(console::problem);
        OwnerNotice.send(configuration, console.err()::println);
    }
}
