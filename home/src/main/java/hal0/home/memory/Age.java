package hal0.home.memory;

import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// How long ago, as people write it: `12h`, `90d`, `26w`.
public final class Age {
    private static final Pattern TEXT = Pattern.compile("(\\d{1,6})([hdw])");

    private Age() {}

    /// **Errors** [IllegalArgumentException] saying how it is written.
    public static Duration parse(String text) {
        Matcher age = TEXT.matcher(text.strip().toLowerCase(Locale.ROOT));
        if (!age.matches()) {
            throw new IllegalArgumentException(
                    "it is no age; write hours, days or weeks: 12h, 90d, 26w");
        }
        long number = Long.parseLong(age.group(1));
        return switch (age.group(2)) {
            case "h" -> Duration.ofHours(number);
            case "d" -> Duration.ofDays(number);
            default -> Duration.ofDays(7 * number);
        };
    }
}
