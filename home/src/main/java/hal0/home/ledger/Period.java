package hal0.home.ledger;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Locale;

/// From when on something is added up, as people and programs write it.
///
/// **Shape** `today`, `month` (this one), `all`, a number of days such as `7d` (today and the six
/// before it), a date such as `2026-11-01`, or a moment such as `2026-11-01T12:00:00Z`. All but the
/// last begin at midnight of the zone. `words` follow "spend".
public record Period(String words, Instant from) {
    private static final long MOST_DAYS = 36_500;

    /// **Errors** [IllegalArgumentException] that says what can be written.
    public static Period parse(String text, LocalDate today, ZoneId zone) {
        String word = text.strip().toLowerCase(Locale.ROOT);
        if (word.equals("all")) {
            return new Period("ever", Instant.EPOCH);
        }
        try {
            if (word.indexOf('t') == 10) {
                return new Period("since " + text.strip(), Instant.parse(text.strip()));
            }
            LocalDate first =
                    switch (word) {
                        case "today" -> today;
                        case "month" -> today.withDayOfMonth(1);
                        default ->
                                word.endsWith("d")
                                        ? daysBefore(word, today)
                                        : LocalDate.parse(word);
                    };
            return new Period("since " + first, first.atStartOfDay(zone).toInstant());
        } catch (DateTimeException | NumberFormatException e) {
            throw wrong(text, e);
        }
    }

    private static LocalDate daysBefore(String word, LocalDate today) {
        long days = Long.parseLong(word.substring(0, word.length() - 1));
        if (days < 1 || days > MOST_DAYS) {
            throw new DateTimeException("that many days are not counted");
        }
        return today.minusDays(days - 1);
    }

    private static IllegalArgumentException wrong(String text, Exception why) {
        return new IllegalArgumentException(
                "\"%s\" is no time: write a date such as 2026-11-01, a number of days such as 7d, today, month or all"
                        .formatted(text.strip()),
                why);
    }
}
