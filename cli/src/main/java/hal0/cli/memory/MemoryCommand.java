package hal0.cli.memory;

import hal0.cli.console.Console;
import hal0.cli.console.HomeOptions;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/// `hal0 memory`: the group of commands about what is remembered.
@Command(
        name = "memory",
        description = "Add, find, change and forget the notes that agents remember.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Agents find them with memory_search and add to them with memory_add.",
            "",
            "Examples:",
            "  hal0 memory add \"Releases go out on Mondays\" --tag release",
            "  hal0 memory search \"when is a release\""
        })
public final class MemoryCommand {
    private MemoryCommand() {}

    /// The group with its commands.
    public static CommandLine commandLine(Console console, HomeOptions home) {
        CommandLine group = new CommandLine(new MemoryCommand());
        group.addSubcommand(new AddCommand(console, home));
        group.addSubcommand(new SearchCommand(console, home));
        group.addSubcommand(new ListCommand(console, home));
        group.addSubcommand(new UpdateCommand(console, home));
        group.addSubcommand(new DeleteCommand(console, home));
        group.addSubcommand(new ExportCommand(console, home));
        group.addSubcommand(new ImportCommand(console, home));
        return group;
    }
}
