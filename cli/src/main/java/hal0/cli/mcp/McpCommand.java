package hal0.cli.mcp;

import hal0.cli.console.Console;
import hal0.cli.console.HomeOptions;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/// `hal0 mcp`: the group of commands about MCP servers; each command is a file of its own.
@Command(
        name = "mcp",
        description = "Declare, look at and try out MCP servers, whose tools the agent has.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  hal0 mcp add files -- npx -y @modelcontextprotocol/server-filesystem .",
            "  hal0 mcp test"
        })
public final class McpCommand {
    private McpCommand() {}

    /// The group with its commands.
    public static CommandLine commandLine(Console console, HomeOptions home) {
        CommandLine group = new CommandLine(new McpCommand());
        group.addSubcommand(new ListCommand(console, home));
        group.addSubcommand(new AddCommand(console, home));
        group.addSubcommand(new RemoveCommand(console, home));
        group.addSubcommand(new TestCommand(console, home));
        group.addSubcommand(new LoginCommand(console, home));
        group.addSubcommand(new LogoutCommand(console, home));
        return group;
    }
}
