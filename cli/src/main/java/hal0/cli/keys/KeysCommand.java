package hal0.cli.keys;

import hal0.cli.console.Console;
import hal0.cli.console.HomeOptions;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/// `hal0 keys`: the group of commands about the relay's own keys.
@Command(
        name = "keys",
        description = "Make, list and revoke the keys that clients of the relay show.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "On this machine no key is needed until you make one; from then on every client",
            "shows one, as Authorization: Bearer, x-api-key, x-goog-api-key or ?key=.",
            "",
            "Examples:",
            "  hal0 keys create phone --budget 5",
            "  hal0 keys list"
        })
public final class KeysCommand {
    private KeysCommand() {}

    /// The group with its commands.
    public static CommandLine commandLine(Console console, HomeOptions home) {
        CommandLine group = new CommandLine(new KeysCommand());
        group.addSubcommand(new CreateCommand(console, home));
        group.addSubcommand(new ListCommand(console, home));
        group.addSubcommand(new RevokeCommand(console, home));
        return group;
    }
}
