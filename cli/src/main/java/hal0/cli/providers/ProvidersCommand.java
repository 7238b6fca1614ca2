package hal0.cli.providers;

import hal0.cli.console.Console;
import hal0.cli.console.HomeOptions;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/// `hal0 providers`: the group of commands about providers; each command is a file of its own.
@Command(
        name = "providers",
        aliases = {"provider", "upstream", "upstreams"},
        description = "Declare, choose, look at and try out providers.",
        mixinStandardHelpOptions = true,
        footer = {"", "Examples:", "  hal0 providers list", "  hal0 providers show demo"})
public final class ProvidersCommand {
    private ProvidersCommand() {}

    /// The group with its commands.
    public static CommandLine commandLine(Console console, HomeOptions home) {
        CommandLine group = new CommandLine(new ProvidersCommand());
        group.addSubcommand(new ListCommand(console, home));
        group.addSubcommand(new ShowCommand(console, home));
        group.addSubcommand(new ModelsCommand(console, home));
        group.addSubcommand(new CatalogCommand(console, home));
        group.addSubcommand(new UseCommand(console, home));
        group.addSubcommand(new AddCommand(console, home));
        group.addSubcommand(new RemoveCommand(console, home));
        group.addSubcommand(new SwitchCommand.Enable(console, home));
        group.addSubcommand(new SwitchCommand.Disable(console, home));
        group.addSubcommand(CredentialsCommand.commandLine(console, home));
        group.addSubcommand(ScriptCommand.commandLine(console));
        group.addSubcommand(new TestCommand(console, home));
        return group;
    }
}
