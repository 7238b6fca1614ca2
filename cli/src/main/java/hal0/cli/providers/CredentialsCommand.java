package hal0.cli.providers;

import hal0.cli.console.Console;
import hal0.cli.console.HomeOptions;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/// `hal0 providers credentials`: the keys of the providers, which are written and never shown.
@Command(
        name = "credentials",
        description = "Set, list and remove the keys of providers. A key is never shown.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  hal0 providers credentials set anthropic",
            "  hal0 providers credentials list"
        })
final class CredentialsCommand {
    private CredentialsCommand() {}

    static CommandLine commandLine(Console console, HomeOptions home) {
        CommandLine group = new CommandLine(new CredentialsCommand());
        group.addSubcommand(new SetCredentialCommand(console, home));
        group.addSubcommand(new ListCredentialsCommand(console, home));
        group.addSubcommand(new RemoveCredentialCommand(console, home));
        return group;
    }
}
