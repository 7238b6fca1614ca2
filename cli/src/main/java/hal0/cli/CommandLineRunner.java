package hal0.cli;

import hal0.agent.session.SessionException;
import hal0.cli.console.CommandException;
import hal0.cli.console.Console;
import hal0.cli.console.ExitCode;
import hal0.cli.console.HomeOptions;
import hal0.home.IoReason;
import hal0.home.config.ConfigException;
import hal0.home.store.StoreException;
import hal0.providers.error.ProviderException;
import hal0.relay.CannotListenException;
import hal0.relay.control.ControlException;
import hal0.relay.error.RelayException;
import hal0.slots.error.ModelException;
import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.IHelpSectionRenderer;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.ScopeType;

/// Parses the arguments, runs the command and turns what it throws into a message and an exit code.
final class CommandLineRunner {
    private static final System.Logger LOG = System.getLogger("hal0.cli");

    private CommandLineRunner() {}

    static int run(String[] arguments) {
        Console console = Console.standard();
        int code = commandLine(console, arguments).execute(arguments);
        console.out().flush();
        console.outputProblem()
                .ifPresent(why ->
                        console.err().println("hal0: the output could not be written: " + why));
        return code == ExitCode.DONE && console.isOutputGone() ? ExitCode.FAILED : code;
    }

    /// With every command.
    static CommandLine commandLine(Console console) {
        return commandLine(console, new String[] {"--help"});
    }

    /// With the commands that these arguments can lead to.
    static CommandLine commandLine(Console console, String... arguments) {
        HomeOptions home = new HomeOptions();
        CommandLine line = new CommandLine(new HomeCommand(home));
        new Commands(console, home).of(arguments).forEach(line::addSubcommand);
        // A word that begins with @ names a file to attach, not one of more arguments.
        line.setExpandAtFiles(false);
        sameVersion(line);
        Map<String, IHelpSectionRenderer> sections = new HashMap<>(line.getHelpSectionMap());
        sections.put(UsageMessageSpec.SECTION_KEY_COMMAND_LIST, CommandLineRunner::listed);
        line.setHelpSectionMap(sections);
        line.setOut(console.outWriter());
        line.setErr(console.errWriter());
        line.setColorScheme(CommandLine.Help.defaultColorScheme(ansi()));
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setExecutionStrategy(CommandLineRunner::execute);
        line.setParameterExceptionHandler((e, _) -> usage(e, console));
        line.setExecutionExceptionHandler((e, _, _) -> failed(e, console));
        return line;
    }

    /// An option of the screen before the name of a command would be read and not heeded.
    private static int execute(ParseResult parsed) {
        if (parsed.hasSubcommand()) {
            for (OptionSpec option : parsed.matchedOptions()) {
                if (!option.inherited()
                        && option.scopeType() == ScopeType.LOCAL
                        && !option.usageHelp()) {
                    String command = parsed.subcommand().commandSpec().name();
                    throw new ParameterException(
                            parsed.commandSpec().commandLine(),
                            "%s stands before the command: write hal0 %s %s …"
                                    .formatted(
                                            option.longestName(), command, option.longestName()));
                }
            }
        }
        refuseUnknown(parsed);
        return new CommandLine.RunLast().execute(parsed);
    }

    /// A word that nobody knows is wrong beside `--help` too, which picocli lets pass.
    private static void refuseUnknown(ParseResult parsed) {
        ParseResult at = parsed;
        while (at.hasSubcommand()) {
            at = at.subcommand();
        }
        if (!at.unmatched().isEmpty()) {
            throw new CommandLine.UnmatchedArgumentException(
                    at.commandSpec().commandLine(), at.unmatched());
        }
    }

    /// Aliases are for who knows them: beside the names they would take half of the line.
    private static String listed(CommandLine.Help help) {
        Map<String, String> described = new LinkedHashMap<>();
        for (CommandLine.Help command : help.subcommands().values()) {
            CommandSpec spec = command.commandSpec();
            // The first sentence: the rest stands in the command's own help.
            described.put(spec.name(), spec.usageMessage().description()[0]);
        }
        return described.isEmpty() ? "" : help.createTextTable(described).toString();
    }

    /// `--version` works on every command, and all of them are of one version.
    private static void sameVersion(CommandLine line) {
        for (CommandLine command : line.getSubcommands().values()) {
            command.getCommandSpec().versionProvider(line.getCommandSpec().versionProvider());
            sameVersion(command);
        }
    }

    private static Ansi ansi() {
        boolean plain = System.getenv("NO_COLOR") != null || !Console.isTerminal(1);
        return plain ? Ansi.OFF : Ansi.ON;
    }

    private static int usage(CommandLine.ParameterException e, Console console) {
        CommandLine.Model.CommandSpec spec = e.getCommandLine().getCommandSpec();
        console.err().println("hal0: " + Misuse.of(e, spec));
        console.err().println("Try: " + spec.qualifiedName() + " --help");
        return ExitCode.USAGE;
    }

    private static int failed(Exception e, Console console) {
        console.out().flush();
        return switch (e) {
            case ConfigException config -> {
                config.problems().forEach(console::problem);
                yield ExitCode.CONFIGURATION;
            }
            case ProviderException provider ->
                    said(provider, ExitCode.of(provider.kind()), console);
            case ControlException control -> said(control, ExitCode.of(control.kind()), console);
            case SessionException session -> said(session, ExitCode.of(session.kind()), console);
            case ModelException model -> said(model, ExitCode.of(model.problem().kind()), console);
            case StoreException store -> said(store, ExitCode.FAILED, console);
            case CommandException command -> said(command, command.exitCode(), console);
            case RelayException refused ->
                    said(
                            refused,
                            refused.status() == 422 ? ExitCode.USAGE : ExitCode.FAILED,
                            console);
            case CannotListenException listen -> {
                console.err()
                        .printf(
                                "hal0: %s. Choose another address with --host and --port, or in [relay] of config.toml.%n",
                                listen.getMessage());
                yield ExitCode.FAILED;
            }
            case IOException io -> {
                console.err().println("hal0: " + IoReason.of(io));
                yield ExitCode.FAILED;
            }
            default -> {
                LOG.log(System.Logger.Level.ERROR, "a fault of hal0", e);
                console.err()
                        .println(
                                "hal0: a fault of hal0 itself (%s: %s). Please report it with what you did."
                                        .formatted(e.getClass().getSimpleName(), e.getMessage()));
                yield ExitCode.FAILED;
            }
        };
    }

    private static int said(Exception e, int code, Console console) {
        console.err().println("hal0: " + e.getMessage());
        return code;
    }
}
