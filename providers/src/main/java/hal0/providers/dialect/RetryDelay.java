package hal0.providers.dialect;

import hal0.providers.http.Headers;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;

/// How long a provider asks to wait.
///
/// **Source** RFC 9110, 10.2.3 (`Retry-After`: seconds or a date); `retry-after-ms` as OpenAI and
/// Azure send it.
final class RetryDelay {
    private RetryDelay() {}

    static @Nullable Duration of(Headers headers, Instant now) {
        String millis = headers.find("retry-after-ms").orElse(null);
        if (millis != null) {
            Duration delay = number(millis, 1);
            if (delay != null) {
                return delay;
            }
        }
        String after = headers.find("retry-after").orElse(null);
        if (after == null) {
            return null;
        }
        Duration delay = number(after, 1000);
        return delay != null ? delay : date(after, now);
    }

    /// Google's way in a body: decimal seconds with an `s` behind them.
    static @Nullable Duration seconds(@Nullable String text) {
        return text != null && text.endsWith("s")
                ? number(text.substring(0, text.length() - 1), 1000)
                : null;
    }

    private static @Nullable Duration number(String text, int millisPerUnit) {
        try {
            double value = Double.parseDouble(text.trim());
            return value >= 0 && value < 1e9
                    ? Duration.ofMillis(Math.round(value * millisPerUnit))
                    : null;
        } catch (NumberFormatException e) {
            // Then it may be a date.
            return null;
        }
    }

    private static @Nullable Duration date(String text, Instant now) {
        try {
            Instant then =
                    ZonedDateTime.parse(text.trim(), DateTimeFormatter.RFC_1123_DATE_TIME)
                            .toInstant();
            return then.isAfter(now) ? Duration.between(now, then) : Duration.ZERO;
        } catch (DateTimeParseException e) {
            // A provider that cannot write a date has named no delay.
            return null;
        }
    }
}
