package hal0.cli.usage;

import hal0.cli.console.CommandException;
import hal0.cli.console.ExitCode;
import hal0.home.ledger.Period;
import java.time.LocalDate;
import java.time.ZoneId;

/// The period that `--since` names.
final class Since {
    private Since() {}

    /// **Errors** [CommandException] for what is none.
    static Period parse(String text, LocalDate today, ZoneId zone) {
        try {
            return Period.parse(text, today, zone);
        } catch (IllegalArgumentException e) {
            throw new CommandException(ExitCode.USAGE, "--since " + e.getMessage());
        }
    }
}
