package hal0.cli.models;

import java.time.Duration;
import java.util.Locale;

/// Sizes and counts as people read them.
///
/// **Units** decimal ones, as disks and downloads have them.
final class Amounts {
    private static final String[] UNITS = {"B", "kB", "MB", "GB", "TB"};
    private static final double STEP = 1000;

    private Amounts() {}

    /// Such as `2.5 GB`.
    static String bytes(long bytes) {
        double left = bytes;
        int unit = 0;
        while (left >= STEP && unit < UNITS.length - 1) {
            left /= STEP;
            unit++;
        }
        return unit == 0 ? bytes + " B" : "%s %s".formatted(short3(left), UNITS[unit]);
    }

    /// Such as `7.6B`, `494M`.
    static String count(long count) {
        double billions = count / 1e9;
        double millions = count / 1e6;
        if (billions >= 1) {
            return short3(billions) + "B";
        }
        return millions >= 1 ? short3(millions) + "M" : Long.toString(count);
    }

    private static String short3(double number) {
        return number < 100
                ? String.format(Locale.ROOT, "%.1f", number)
                : String.format(Locale.ROOT, "%.0f", number);
    }

    /// Such as `40 s`, `12 min`, `3 h 5 min`.
    static String time(Duration time) {
        if (time.toMinutes() < 2) {
            return time.toSeconds() + " s";
        }
        return time.toHours() == 0
                ? time.toMinutes() + " min"
                : "%d h %d min".formatted(time.toHours(), time.toMinutesPart());
    }
}
