package hal0.cli;

import hal0.cli.agents.AgentsCommand;
import hal0.cli.approvals.ApprovalsCommand;
import hal0.cli.bench.BenchCommand;
import hal0.cli.chat.ChatCommand;
import hal0.cli.completion.CompletionCommand;
import hal0.cli.config.ConfigCommand;
import hal0.cli.console.Console;
import hal0.cli.console.HomeOptions;
import hal0.cli.doctor.DoctorCommand;
import hal0.cli.keys.KeysCommand;
import hal0.cli.launch.LaunchCommand;
import hal0.cli.mcp.McpCommand;
import hal0.cli.memory.MemoryCommand;
import hal0.cli.models.ModelsCommand;
import hal0.cli.providers.ProvidersCommand;
import hal0.cli.run.RunCommand;
import hal0.cli.sessions.SessionsCommand;
import hal0.cli.slots.SlotsCommand;
import hal0.cli.smoke.SmokeCommand;
import hal0.cli.usage.UsageCommand;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;

/// The commands, of which a run makes only what it needs: most of a short start is loading classes,
/// and each command brings some twenty of its own.
record Commands(Console console, HomeOptions home) {
    private static final List<Class<?>> TYPES =
            List.of(
                    ChatCommand.class,
                    AskCommand.class,
                    RunCommand.class,
                    ServeCommand.class,
                    ConfigCommand.class,
                    ProvidersCommand.class,
                    SlotsCommand.class,
                    ModelsCommand.class,
                    HardwareCommand.class,
                    SmokeCommand.class,
                    BenchCommand.class,
                    UsageCommand.class,
                    KeysCommand.class,
                    SessionsCommand.class,
                    AgentsCommand.class,
                    MemoryCommand.class,
                    LaunchCommand.class,
                    McpCommand.class,
                    ApprovalsCommand.class,
                    DoctorCommand.class,
                    CompletionCommand.class);

    /// Every command with all that it takes.
    List<CommandLine> all() {
        return TYPES.stream().map(type -> make(said(type).name())).toList();
    }

    /// The one that the first argument names. Where that is something else, such as an option or a
    /// slip, all, for the names of all help to tell what was meant: of those that no argument
    /// names, what the list of commands says of them. None for the screen.
    List<CommandLine> of(String... arguments) {
        if (arguments.length == 0) {
            return List.of();
        }
        for (Class<?> type : TYPES) {
            if (isNamed(said(type), arguments[0])) {
                return List.of(make(said(type).name()));
            }
        }
        return TYPES.stream().map(type -> madeOrListed(said(type), arguments)).toList();
    }

    private CommandLine madeOrListed(Command command, String... arguments) {
        return Arrays.stream(arguments).anyMatch(word -> isNamed(command, word))
                ? make(command.name())
                : listed(command);
    }

    private static Command said(Class<?> type) {
        return Objects.requireNonNull(type.getAnnotation(Command.class), type::getName);
    }

    private static boolean isNamed(Command command, String word) {
        return command.name().equals(word) || List.of(command.aliases()).contains(word);
    }

    private static CommandLine listed(Command command) {
        CommandSpec spec = CommandSpec.create().name(command.name()).aliases(command.aliases());
        spec.usageMessage().description(command.description());
        return new CommandLine(spec);
    }

    private CommandLine make(String name) {
        return switch (name) {
            case "chat" -> new CommandLine(new ChatCommand(home));
            case "ask" -> new CommandLine(new AskCommand(console, home));
            case "run" -> new CommandLine(new RunCommand(console, home));
            case "serve" -> new CommandLine(new ServeCommand(console, home));
            case "config" -> ConfigCommand.commandLine(console, home);
            case "providers" -> ProvidersCommand.commandLine(console, home);
            case "models" -> ModelsCommand.commandLine(console, home);
            case "hardware" -> new CommandLine(new HardwareCommand(console, home));
            case "slots" -> SlotsCommand.commandLine(console, home);
            case "smoke:provider" -> new CommandLine(new SmokeCommand(console, home));
            case "bench" -> new CommandLine(new BenchCommand(console, home));
            case "usage" -> new CommandLine(new UsageCommand(console, home));
            case "keys" -> KeysCommand.commandLine(console, home);
            case "sessions" -> SessionsCommand.commandLine(console, home);
            case "agents" -> AgentsCommand.commandLine(console, home);
            case "memory" -> MemoryCommand.commandLine(console, home);
            case "launch" -> LaunchCommand.commandLine(console, home);
            case "mcp" -> McpCommand.commandLine(console, home);
            case "approvals" -> ApprovalsCommand.commandLine(console, home);
            case "doctor" -> new CommandLine(new DoctorCommand(console, home));
            case "completion" ->
                    new CommandLine(
                            new CompletionCommand(
                                    console, () -> CommandLineRunner.commandLine(console)));
            default -> throw new IllegalArgumentException(name);
        };
    }
}
