package hal0.cli.agents;

import hal0.agent.context.Agents;
import hal0.cli.console.CommandException;
import hal0.cli.console.Console;
import hal0.cli.console.ExitCode;
import hal0.cli.console.HomeOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `hal0 agents delete NAME`: takes `agents/NAME.toml` away.
@Command(
        name = "delete",
        description = "Delete the file of an agent.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  hal0 agents delete reviewer",
            "  hal0 agents delete reviewer --yes"
        })
final class DeleteCommand implements Callable<Integer> {
    private final Console console;
    private final HomeOptions home;

    @Parameters(paramLabel = "NAME", description = "The agent.")
    private String name = "";

    @Option(names = "--yes", description = "Do not ask.")
    private boolean yes;

    DeleteCommand(Console console, HomeOptions home) {
        this.console = console;
        this.home = home;
    }

    @Override
    public Integer call() throws IOException {
        Agents agents = new Agents(home.locate().agentsFolder());
        Path file = agents.file(name).file();
        if (!yes && !confirmed(file)) {
            console.err().println("%s stays.".formatted(name));
            return ExitCode.FAILED;
        }
        agents.delete(name);
        console.err().println("Deleted %s.".formatted(file));
        return ExitCode.DONE;
    }

    private static boolean confirmed(Path file) {
        Optional<java.io.Console> terminal = Console.findTerminal();
        if (terminal.isEmpty()) {
            throw new CommandException(
                    ExitCode.USAGE,
                    "nobody is here to ask whether %s is to be deleted; say --yes".formatted(file));
        }
        String answer = terminal.get().readLine("Delete %s? [y/N] ", file);
        return answer != null && answer.strip().toLowerCase(Locale.ROOT).startsWith("y");
    }
}
