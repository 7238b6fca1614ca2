package hal0.cli.agents;

import hal0.cli.console.Console;
import hal0.cli.console.HomeOptions;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/// `hal0 agents`: the group of commands about agents.
@Command(
        name = "agents",
        description = "Make, list and delete agents: a model with a prompt, tools and permissions.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Each is a file agents/NAME.toml. Use one with: hal0 run --agent NAME \"…\"",
            "",
            "Examples:",
            "  hal0 agents create reviewer --provider openai --model gpt-5 --tools read,grep",
            "  hal0 agents list"
        })
public final class AgentsCommand {
    private AgentsCommand() {}

    /// The group with its commands.
    public static CommandLine commandLine(Console console, HomeOptions home) {
        CommandLine group = new CommandLine(new AgentsCommand());
        group.addSubcommand(new ListCommand(console, home));
        group.addSubcommand(new CreateCommand(console, home));
        group.addSubcommand(new ShowCommand(console, home));
        group.addSubcommand(new DeleteCommand(console, home));
        return group;
    }
}
