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
import java.util.List;
import picocli.CommandLine;

/// The commands, of which a run makes only what it needs: most of a short start is loading classes,
/// and each command brings some twenty of its own.
record Commands(Console console, HomeOptions home) {
    private static final List<String> NAMES =
            List.of(
                    "chat",
                    "ask",
                    "run",
                    "serve",
                    "config",
                    "providers",
                    "slots",
                    "models",
                    "hardware",
                    "smoke:provider",
                    "bench",
                    "usage",
                    "keys",
                    "sessions",
                    "agents",
                    "memory",
                    "launch",
                    "mcp",
                    "approvals",
                    "doctor",
                    "completion");

    /// The one that the first argument names; all where it is something else, such as an option or
    /// a slip, whose meaning the names of all help to tell; none for the screen.
    List<CommandLine> of(String... arguments) {
        if (arguments.length == 0) {
            return List.of();
        }
        return NAMES.contains(arguments[0])
                ? List.of(make(arguments[0]))
                : NAMES.stream().map(this::make).toList();
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
