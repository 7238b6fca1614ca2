package hal0.cli.usage;

import hal0.cli.console.CommandException;
import hal0.cli.console.ExitCode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Locale;

/// From when on, as a user writes it.
///
/// **Shape** `today`, `month` (this one), `all`, a number of days such as `7d` (today and the six
/// before it), or a date such as `2026-11-01`. A period begins at midnight of the zone.
record Since(String words, Instant from) {
    private static final long MOST_DAYS = 36_500;

    /// **Errors** [CommandException] for anything else.
    static Since parse(String text, LocalDate today, ZoneId zone) {
        String word = text.strip().toLowerCase(Locale.ROOT);
        if (word.equals("all")) {
            return new Since("ever", Instant.EPOCH);
        }
        LocalDate first =
                switch (word) {
                    case "today" -> today;
                    case "month" -> today.withDayOfMonth(1);
                    default -> word.endsWith("d") ? daysBefore(word, today) : date(word);
                };
        return new Since("since " + first, first.atStartOfDay(zone).toInstant());
    }

    private static LocalDate daysBefore(String word, LocalDate today) {
        try {
            long days = Long.parseLong(word.substring(0, word.length() - 1));
            if (days >= 1 && days <= MOST_DAYS) {
                return today.minusDays(days - 1);
            }
        } catch (NumberFormatException e) {
            throw wrong(word);
        }
        throw wrong(word);
    }

    private static LocalDate date(String word) {
        try {
            return LocalDate.parse(word);
        } catch (DateTimeException e) {
            throw wrong(word);
        }
    }

    private static CommandException wrong(String word) {
        return new CommandException(
                ExitCode.USAGE,
                "--since \"%s\" is no time: write a date such as 2026-11-01, a number of days such as 7d, today, month or all"
                        .formatted(word));
    }
}
