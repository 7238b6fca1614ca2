package hal0.cli.agents;

import hal0.agent.context.AgentDefinition;
import hal0.agent.context.Agents;
import hal0.cli.console.CommandException;
import hal0.cli.console.Console;
import hal0.cli.console.ExitCode;
import hal0.cli.console.HomeOptions;
import hal0.home.Home;
import hal0.home.IoReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `hal0 agents create NAME`: writes the file of a new agent.
@Command(
        name = "create",
        description = "Make an agent: write agents/NAME.toml.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  hal0 agents create reviewer --provider openai --model gpt-5 --tools read,grep,glob",
            "  hal0 agents create tester --prompt-file tester.md --allow 'shell(mvn test*)'"
        })
final class CreateCommand implements Callable<Integer> {
    private static final long LARGEST = 256 * 1024;

    private final Console console;
    private final HomeOptions home;

    @Parameters(paramLabel = "NAME", description = "What it goes by; the name of its file.")
    private String name = "";

    @Option(
            names = "--provider",
            paramLabel = "ID",
            description = "Who answers; the active one by default.")
    private String provider = "";

    @Option(
            names = {"-m", "--model"},
            paramLabel = "MODEL",
            description = "The model; the active one by default.")
    private String model = "";

    @Option(
            names = "--description",
            paramLabel = "TEXT",
            description = "What it is for, in a line.")
    private String description = "";

    @ArgGroup private final Prompt prompt = new Prompt();

    /// One or the other.
    private static final class Prompt {
        @Option(names = "--prompt", paramLabel = "TEXT", description = "What it is told.")
        private String text = "";

        @Option(
                names = "--prompt-file",
                paramLabel = "FILE",
                description = "A file with what it is told; - for standard input.")
        private @Nullable Path file;
    }

    @Option(
            names = "--tools",
            paramLabel = "NAMES",
            split = ",",
            description = "The tools that it has, where * stands for anything; all by default.")
    private @Nullable List<String> tools;

    @Option(
            names = "--allow",
            paramLabel = "RULE",
            description = "What it may do, such as 'shell(git status*)'; may be repeated.")
    private List<String> allow = List.of();

    @Option(names = "--ask", paramLabel = "RULE", description = "What it asks for first.")
    private List<String> ask = List.of();

    @Option(names = "--deny", paramLabel = "RULE", description = "What it may not do.")
    private List<String> deny = List.of();

    CreateCommand(Console console, HomeOptions home) {
        this.console = console;
        this.home = home;
    }

    @Override
    public Integer call() throws IOException {
        Home at = home.locate();
        AgentDefinition agent =
                new AgentDefinition(
                        name,
                        description,
                        provider,
                        model,
                        prompt.file == null ? prompt.text : read(prompt.file),
                        tools,
                        new AgentDefinition.Rules(allow, ask, deny));
        Path file = new Agents(at.agentsFolder()).create(agent);
        console.err().println("Wrote %s.".formatted(file));
        console.err().println("Use it with: hal0 run --agent %s \"…\"".formatted(name));
        return ExitCode.DONE;
    }

    private static String read(Path file) throws IOException {
        if (file.toString().equals("-")) {
            return Console.pipedInput();
        }
        try {
            if (Files.size(file) > LARGEST) {
                throw new CommandException(
                        ExitCode.USAGE, file + " is longer than 256 KB, which is no prompt");
            }
            return Files.readString(file);
        } catch (IOException e) {
            throw new CommandException(
                    ExitCode.USAGE, "%s cannot be read: %s".formatted(file, IoReason.of(e)));
        }
    }
}
