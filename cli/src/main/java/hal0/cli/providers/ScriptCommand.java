package hal0.cli.providers;

import hal0.cli.console.Console;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/// `hal0 providers script`: about the Lua scripts that describe providers.
@Command(
        name = "script",
        description = "Check a provider's Lua script.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  hal0 providers script check providers/mine.lua",
            "  hal0 providers script check mine.lua --url http://localhost:8080 --json"
        })
final class ScriptCommand {
    private ScriptCommand() {}

    static CommandLine commandLine(Console console) {
        CommandLine group = new CommandLine(new ScriptCommand());
        group.addSubcommand(new ScriptCheckCommand(console));
        return group;
    }
}
