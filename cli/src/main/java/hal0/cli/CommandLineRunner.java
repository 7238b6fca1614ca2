package hal0.cli;

import hal0.agent.session.SessionException;
import hal0.home.config.ConfigException;
import hal0.home.config.ConfigProblem;
import hal0.home.error.ErrorKind;
import hal0.providers.error.ProviderException;
import hal0.relay.CannotListenException;
import hal0.relay.control.ControlException;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/// Parses the arguments, runs the command and turns what it throws into a message and an exit code.
final class CommandLineRunner {
    private CommandLineRunner() {}

    static int run(String[] arguments) {
        Console console = Console.standard();
        int code = commandLine(console).execute(arguments);
        console.out().flush();
        return code;
    }

    static CommandLine commandLine(Console console) {
        CommandLine line = new CommandLine(new HomeCommand(console));
        line.addSubcommand(new AskCommand(console));
        line.addSubcommand(new ServeCommand(console));
        CommandLine config = new CommandLine(new ConfigCommand());
        config.addSubcommand(new ConfigCommand.PathCommand(console));
        config.addSubcommand(new ConfigCommand.ShowCommand(console));
        config.addSubcommand(new ConfigCommand.ValidateCommand(console));
        line.addSubcommand(config);
        line.setOut(new PrintWriter(console.out(), true));
        line.setErr(new PrintWriter(console.err(), true));
        line.setColorScheme(CommandLine.Help.defaultColorScheme(ansi()));
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setParameterExceptionHandler((e, _) -> usage(e, console));
        line.setExecutionExceptionHandler((e, _, _) -> failed(e, console));
        return line;
    }

    private static Ansi ansi() {
        boolean plain = System.getenv("NO_COLOR") != null || !Console.isTerminal(1);
        return plain ? Ansi.OFF : Ansi.ON;
    }

    private static int usage(CommandLine.ParameterException e, Console console) {
        CommandLine command = e.getCommandLine();
        console.err().println("hal0: " + e.getMessage());
        CommandLine.UnmatchedArgumentException.printSuggestions(
                e, new PrintWriter(console.err(), true));
        console.err().println("Try: " + command.getCommandSpec().qualifiedName() + " --help");
        return ExitCode.USAGE;
    }

    private static int failed(Exception e, Console console) {
        console.out().flush();
        switch (e) {
            case ConfigException config -> {
                for (ConfigProblem problem : config.problems()) {
                    console.err().println(problem);
                }
                return ExitCode.CONFIGURATION;
            }
            case ProviderException provider -> {
                console.err().println("hal0: " + provider.getMessage());
                return ExitCode.of(provider.kind());
            }
            case ControlException control -> {
                console.err().println("hal0: " + control.getMessage());
                return ExitCode.of(control.kind());
            }
            case SessionException session -> {
                console.err().println("hal0: " + session.getMessage());
                return ExitCode.of(session.kind());
            }
            case CommandException command -> {
                console.err().println("hal0: " + command.getMessage());
                return command.exitCode();
            }
            case CannotListenException listen -> {
                console.err().println("hal0: " + listen.getMessage());
                return ExitCode.FAILED;
            }
            default -> {
                System.getLogger("hal0.cli").log(System.Logger.Level.ERROR, "a fault of hal0", e);
                console.err()
                        .println(
                                "hal0: a fault of hal0 itself (%s: %s). Please report it with what you did."
                                        .formatted(e.getClass().getSimpleName(), e.getMessage()));
                return ExitCode.of(ErrorKind.INTERNAL);
            }
        }
    }
}
