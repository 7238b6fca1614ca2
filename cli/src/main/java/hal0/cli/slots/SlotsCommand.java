package hal0.cli.slots;

import hal0.cli.console.Console;
import hal0.cli.console.HomeOptions;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/// `hal0 slots`: the group of commands about slots; each command is a file of its own.
@Command(
        name = "slots",
        aliases = "slot",
        description = "Define slots, which serve models on this machine, and look at them.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  hal0 slots create chat --model qwen3-4b --alias primary",
            "  hal0 slots load chat",
            "  hal0 slots list"
        })
public final class SlotsCommand {
    private SlotsCommand() {}

    /// The group with its commands.
    public static CommandLine commandLine(Console console, HomeOptions home) {
        CommandLine group = new CommandLine(new SlotsCommand());
        group.addSubcommand(new ListCommand(console, home));
        group.addSubcommand(new StatusCommand(console, home));
        group.addSubcommand(new LoadCommand(console, home));
        group.addSubcommand(new UnloadCommand(console, home));
        group.addSubcommand(new RestartCommand(console, home));
        group.addSubcommand(new SwapCommand(console, home));
        group.addSubcommand(new LogsCommand(console, home));
        group.addSubcommand(new GpuCommand(console, home));
        group.addSubcommand(new ShowCommand(console, home));
        group.addSubcommand(new CreateCommand(console, home));
        group.addSubcommand(new EditCommand(console, home));
        group.addSubcommand(new DeleteCommand(console, home));
        group.addSubcommand(new ResolvedCommand(console, home));
        group.addSubcommand(new UnitCommand(console, home));
        return group;
    }
}
