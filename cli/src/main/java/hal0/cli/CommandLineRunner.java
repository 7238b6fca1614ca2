package hal0.cli;

import hal0.cli.console.Console;
import hal0.cli.console.ExitCode;
import hal0.cli.console.HomeOptions;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
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

/// Parses the arguments and runs the command.
final class CommandLineRunner {
    private CommandLineRunner() {}

    static int run(String[] arguments) {
        // It would look for Groovy, which opens all jars to find that it is in none.
        System.setProperty("picocli.disable.closures", "true");
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
        HomeOptions home = new HomeOptions();
        return with(console, home, new Commands(console, home).all());
    }

    /// With the commands that these arguments can lead to.
    static CommandLine commandLine(Console console, String... arguments) {
        HomeOptions home = new HomeOptions();
        return with(console, home, new Commands(console, home).of(arguments));
    }

    private static CommandLine with(Console console, HomeOptions home, List<CommandLine> commands) {
        CommandLine line = new CommandLine(new HomeCommand(home));
        commands.forEach(line::addSubcommand);
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
        line.setExecutionExceptionHandler((e, _, _) -> Failure.told(e, console));
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
}
