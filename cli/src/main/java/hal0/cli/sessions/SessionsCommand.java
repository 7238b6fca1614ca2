package hal0.cli.sessions;

import hal0.cli.console.Console;
import hal0.cli.console.HomeOptions;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/// `hal0 sessions`: the group of commands about conversations that were led here.
@Command(
        name = "sessions",
        description = "List, search, show, resume, undo, fork, export and delete conversations.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "A session is named by its id, the beginning or the end of that, or by the word last:",
            "that is the one of this folder in which something was said last.",
            "",
            "Examples:",
            "  hal0 sessions list --here",
            "  hal0 sessions search \"connection pool\""
        })
public final class SessionsCommand {
    private SessionsCommand() {}

    /// The group with its commands.
    public static CommandLine commandLine(Console console, HomeOptions home) {
        CommandLine group = new CommandLine(new SessionsCommand());
        group.addSubcommand(new ListCommand(console, home));
        group.addSubcommand(new SearchCommand(console, home));
        group.addSubcommand(new ShowCommand(console, home));
        group.addSubcommand(new ResumeCommand(home));
        group.addSubcommand(new ForkCommand(console, home));
        group.addSubcommand(new ExportCommand(console, home));
        group.addSubcommand(new UndoCommand(console, home));
        group.addSubcommand(new RedoCommand(console, home));
        group.addSubcommand(new DeleteCommand(console, home));
        return group;
    }
}
