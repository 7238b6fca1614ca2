package hal0.cli.providers;

import hal0.cli.console.CommandException;
import hal0.cli.console.ExitCode;

/// What commands say of the provider of the old `[provider]` table, which they do not edit.
final class OldTable {
    private OldTable() {}

    static CommandException exception(String id) {
        return new CommandException(
                ExitCode.CONFIGURATION,
                "%s is declared in the old [provider] table; bring that into today's form first: hal0 config migrate"
                        .formatted(id));
    }
}
